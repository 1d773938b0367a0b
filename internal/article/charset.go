package article

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	textunicode "golang.org/x/text/encoding/unicode"
)

// decode gives text in UTF-8, and what it was in. What the bytes themselves show goes
// before what is declared: a mark of byte order, valid UTF-8; then what the sender
// declares, then the page; then the likeliest by its letters.
func decode(data []byte, declared string) (text, name string, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) && utf8.Valid(data):
		return string(data[3:]), "utf-8", true
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return as(data, textunicode.UTF16(textunicode.BigEndian, textunicode.ExpectBOM), "utf-16")
	}
	if order, is := sixteen(data); is {
		return as(data, textunicode.UTF16(order, textunicode.IgnoreBOM), "utf-16")
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", "", false
	}
	if utf8.Valid(data) {
		return string(data), "utf-8", true
	}
	for _, label := range []string{declared, inPage(data)} {
		if e, name := charset.Lookup(label); e != nil && name != "utf-8" && name != "replacement" {
			if text, name, ok := as(data, e, name); ok && broken(text) < 0.02 {
				return text, name, true
			}
		}
	}
	return likeliest(data)
}

func as(data []byte, e encoding.Encoding, name string) (string, string, bool) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", false
	}
	return strings.TrimPrefix(string(out), "\ufeff"), name, true
}

// sixteen tells UTF-16 without a mark by the zero bytes of its spaces and line feeds.
func sixteen(data []byte) (textunicode.Endianness, bool) {
	var big, little int
	head := data[:min(len(data), 4096)]
	for i := 0; i+1 < len(head); i += 2 {
		switch {
		case head[i] == 0 && head[i+1] != 0:
			big++
		case head[i] != 0 && head[i+1] == 0:
			little++
		}
	}
	if len(data)%2 != 0 || big+little < 3 || big > 0 && little > 0 && min(big, little)*8 > max(big, little) {
		return textunicode.BigEndian, false
	}
	return textunicode.Endianness(little > big), true // little-endian is true
}

// inPage finds the encoding that a page declares in its first bytes.
func inPage(data []byte) string {
	head := strings.ToLower(string(data[:min(len(data), 4096)]))
	for _, mark := range []string{"charset=", "encoding="} {
		for rest := head; ; {
			_, after, found := strings.Cut(rest, mark)
			if !found {
				break
			}
			after = strings.TrimLeft(after, `"' `)
			end := strings.IndexFunc(after, func(r rune) bool {
				return r != '-' && r != '_' && !('a' <= r && r <= 'z') && !('0' <= r && r <= '9')
			})
			if end > 0 {
				return after[:end]
			}
			rest = after
		}
	}
	return ""
}

// broken is the share of characters that stand for bytes which could not be read.
func broken(text string) float64 {
	bad, all := 0, 0
	for _, r := range text {
		all++
		if r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
			bad++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(bad) / float64(all)
}

// Letters that make up most of a text: of Russian and Ukrainian small letters, which also
// tells windows-1251 from KOI8, where small and capital change places; of Chinese both ways
// of writing.
const (
	commonCyrillic = "оеаинтсрвлкмдпуяіьыз"
	commonHan      = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车停火協議國會說這來時後發個對過與們烏俄總統戰爭談判達成"
)

// likeliest reads text in the encoding under which it looks most like a language.
func likeliest(data []byte) (string, string, bool) {
	best, text, name := 0.25, "", ""
	for _, c := range []struct {
		name string
		e    encoding.Encoding
	}{
		{"windows-1251", charmap.Windows1251},
		{"koi8-u", charmap.KOI8U},
		{"iso-8859-5", charmap.ISO8859_5},
		{"ibm866", charmap.CodePage866},
		{"gb18030", simplifiedchinese.GB18030},
		{"big5", traditionalchinese.Big5},
	} {
		got, _, ok := as(data, c.e, c.name)
		if !ok || broken(got) > 0.02 {
			continue
		}
		if s := looks(got); s > best {
			best, text, name = s, got, c.name
		}
	}
	if name != "" {
		return text, name, true
	}
	got, _, ok := as(data, charmap.Windows1252, "windows-1252")
	letters := 0
	for _, b := range data {
		if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' {
			letters++
		}
	}
	return got, "windows-1252", ok && letters*2 > len(data) && broken(got) < 0.02
}

// looks is how many of the letters beyond ASCII are common ones of their language.
func looks(text string) float64 {
	common, all := 0, 0
	for _, r := range text {
		if r < 0x80 {
			continue
		}
		all++
		switch {
		case unicode.Is(unicode.Han, r):
			if strings.ContainsRune(commonHan, r) {
				common++
			}
		case unicode.Is(unicode.Cyrillic, r):
			if strings.ContainsRune(commonCyrillic, r) {
				common++
			}
		}
		if all > 4000 {
			break
		}
	}
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}
