package render

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/truceline/truceline/report"
)

// Widths of a Word page in twentieths of a point.
const (
	docxMeasure = 9070
	docxHang    = 680
)

// DOCX writes a document as a Word file: the same words and numbers as the PDF. Fonts are
// the reader's own.
func DOCX(w io.Writer, d *report.Document) error {
	b := &docx{d: d, links: map[string]string{}}
	body := b.document()
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", docxTypes},
		{"_rels/.rels", docxRoot},
		{"docProps/core.xml", b.core()},
		{"docProps/app.xml", docxApp},
		{"word/document.xml", body},
		{"word/_rels/document.xml.rels", b.relations()},
		{"word/styles.xml", b.styles()},
		{"word/settings.xml", docxSettings},
		{"word/header1.xml", b.header()},
		{"word/footer1.xml", b.footer()},
	} {
		// Without a time of its own and unpacked: the bytes are the same whatever packs.
		text := xml.Header + part.text
		f, err := z.CreateRaw(&zip.FileHeader{
			Name: part.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(text)),
			CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text)),
		})
		if err != nil {
			return err
		}
		if _, err = io.WriteString(f, text); err != nil {
			return err
		}
	}
	return z.Close()
}

// docx writes the parts of one file.
type docx struct {
	strings.Builder
	d         *report.Document
	links     map[string]string // relation by address
	addresses []string
	marks     int
}

// escape makes text fit for XML.
func escape(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(clean(text))); err != nil {
		return "" // a builder takes everything
	}
	return b.String()
}

func (b *docx) printf(format string, args ...any) { fmt.Fprintf(b, format, args...) }

// run writes a stretch of words; style is the inner part of its properties.
func (b *docx) run(text, lang, style string) {
	name, look := "", style // the format wants properties in its own order
	if end := strings.Index(style, "/>"); strings.HasPrefix(style, "<w:rStyle") {
		name, look = style[:end+2], style[end+2:]
	}
	hint := ""
	if lang == "zh" {
		hint = `<w:rFonts w:hint="eastAsia"/>`
	}
	b.printf(`<w:r><w:rPr>%s%s%s%s</w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, name, hint, look, docxLang(lang), escape(text))
}

func docxLang(lang string) string {
	if lang == "zh" {
		return `<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>`
	}
	return fmt.Sprintf(`<w:lang w:val="%s" w:eastAsia="zh-CN"/>`, escape(locale(lang)))
}

// runs writes runs, those that lead somewhere as hyperlinks.
func (b *docx) runs(runs []report.Run, style string) {
	for _, r := range runs {
		own := style
		if r.Strong && !strings.Contains(style, "<w:b/>") {
			own = "<w:b/>" + own
		}
		lang := langOf(b.d, r)
		to := target(b.d, r)
		switch name, within := strings.CutPrefix(to, "#"); {
		case to == "":
			b.run(r.Text, lang, own)
		case within:
			b.printf(`<w:hyperlink w:anchor="%s" w:history="1">`, escape(name))
			b.run(r.Text, lang, `<w:rStyle w:val="Hyperlink"/>`+own)
			b.printf(`</w:hyperlink>`)
		default:
			b.printf(`<w:hyperlink r:id="%s" w:history="1">`, b.relation(to))
			b.run(r.Text, lang, `<w:rStyle w:val="Hyperlink"/>`+own)
			b.printf(`</w:hyperlink>`)
		}
	}
}

// relation gives the id of an address among the relations of the document.
func (b *docx) relation(address string) string {
	id, ok := b.links[address]
	if !ok {
		id = "link" + strconv.Itoa(len(b.addresses)+1)
		b.links[address] = id
		b.addresses = append(b.addresses, address)
	}
	return id
}

func (b *docx) paragraph(style string, inner func()) {
	b.printf(`<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>`, style)
	inner()
	b.printf("</w:p>\n")
}

// text is a paragraph of plain words in the document's language.
func (b *docx) text(style, text string) {
	b.paragraph(style, func() { b.run(text, b.d.Lang, "") })
}

// bookmark names what inner writes.
func (b *docx) bookmark(name string, inner func()) {
	b.marks++
	b.printf(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, b.marks, escape(name))
	inner()
	b.printf(`<w:bookmarkEnd w:id="%d"/>`, b.marks)
}

// field writes a field with what it showed last.
func (b *docx) field(code, shown string, stale bool) {
	dirty := ""
	if stale {
		dirty = ` w:dirty="true"`
	}
	b.printf(`<w:r><w:fldChar w:fldCharType="begin"%s/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r>`+
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>%s</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, dirty, code, shown)
}

func (b *docx) document() string {
	b.printf(`<w:document %s><w:body>`+"\n", docxNames)
	b.text("Subtitle", b.d.Subtitle)
	b.text("Title", b.d.Title)
	b.facts()
	if b.d.Notice != "" {
		b.text("Notice", b.d.Notice)
	}
	b.contents()
	for i, s := range b.d.Sections {
		b.section(s, i == 0)
	}
	b.printf(`<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>` +
		`<w:footerReference w:type="first" r:id="footer1"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1500" w:right="1418" w:bottom="1500" w:left="1418" w:header="700" w:footer="700" w:gutter="0"/><w:titlePg/></w:sectPr>` +
		`</w:body></w:document>`)
	return b.String()
}

func (b *docx) facts() {
	if len(b.d.Facts) == 0 {
		return
	}
	widths := []float64{2500, docxMeasure - 2500}
	b.tableStart(widths)
	for _, f := range b.d.Facts {
		b.printf("<w:tr>")
		b.cell(widths[0], "FactName", "", func() { b.run(f.Name, b.d.Lang, "") })
		b.cell(widths[1], "Cell", "", func() { b.runs(f.Value, "") })
		b.printf("</w:tr>\n")
	}
	b.printf("</w:tbl>\n")
}

// contents is a field that Word can make anew, filled with the titles as they are.
func (b *docx) contents() {
	if len(b.d.Sections) == 0 {
		return
	}
	b.text("ContentsHeading", b.d.Contents)
	for i, s := range b.d.Sections {
		b.paragraph("TOC1", func() {
			if i == 0 {
				b.printf(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-1" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`)
			}
			b.printf(`<w:hyperlink w:anchor="%s" w:history="1">`, escape(s.ID))
			b.run(strconv.Itoa(s.Number), b.d.Lang, "")
			b.printf(`<w:r><w:tab/></w:r>`)
			b.run(s.Title, b.d.Lang, "")
			b.printf(`<w:r><w:tab/></w:r>`)
			b.field("PAGEREF "+escape(s.ID)+` \h`, "", true)
			b.printf(`</w:hyperlink>`)
			if i == len(b.d.Sections)-1 {
				b.printf(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
			}
		})
	}
}

func (b *docx) section(s report.Section, first bool) {
	b.printf(`<w:p><w:pPr><w:pStyle w:val="Heading1"/>`)
	if first {
		b.printf(`<w:pageBreakBefore/>`)
	}
	b.printf(`</w:pPr>`)
	b.bookmark(s.ID, func() {
		b.run(strconv.Itoa(s.Number), b.d.Lang, "")
		b.printf(`<w:r><w:tab/></w:r>`)
		b.run(s.Title, b.d.Lang, "")
	})
	b.printf("</w:p>\n")
	for _, block := range s.Blocks {
		switch block := block.(type) {
		case report.Paragraph:
			if block.Number == 0 {
				b.paragraph("Indented", func() { b.runs(block.Runs, "") })
				continue
			}
			b.paragraph("Numbered", func() {
				b.bookmark("p"+strconv.Itoa(block.Number), func() { b.run(strconv.Itoa(block.Number)+".", b.d.Lang, "") })
				b.printf(`<w:r><w:tab/></w:r>`)
				b.runs(block.Runs, "")
			})
		case report.List:
			for _, item := range block.Items {
				b.paragraph("Item", func() {
					b.run("–", "en", "")
					b.printf(`<w:r><w:tab/></w:r>`)
					b.runs(item, "")
				})
			}
		case report.Table:
			b.table(block)
		}
	}
}

func (b *docx) tableStart(widths []float64) {
	b.printf(`<w:tbl><w:tblPr><w:tblStyle w:val="Plain"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, docxMeasure)
	for _, w := range widths {
		b.printf(`<w:gridCol w:w="%d"/>`, int(w))
	}
	b.printf("</w:tblGrid>\n")
}

// cell writes one cell; align is "" or "right".
func (b *docx) cell(width float64, style, align string, inner func()) {
	b.printf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="%s"/>`, int(width), style)
	if align != "" {
		b.printf(`<w:jc w:val="%s"/>`, align)
	}
	b.printf(`</w:pPr>`)
	inner()
	b.printf(`</w:p></w:tc>`)
}

func (b *docx) table(t report.Table) {
	widths := shares(t, docxMeasure)
	if len(widths) == 0 {
		return
	}
	if t.Caption != "" {
		b.text("Caption", t.Caption)
	}
	b.tableStart(widths)
	align := func(c int) string {
		if figures(t, c) {
			return "right"
		}
		return ""
	}
	b.printf(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for c, w := range widths {
		b.cell(w, "CellHead", align(c), func() {
			if c < len(t.Head) {
				b.run(t.Head[c], b.d.Lang, "")
			}
		})
	}
	b.printf("</w:tr>\n")
	for _, r := range t.Rows {
		style := ""
		if r.Total {
			style = "<w:b/>"
		}
		b.printf(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for c, w := range widths {
			b.cell(w, "Cell", align(c), func() {
				if c < len(r.Cells) {
					b.runs(r.Cells[c], style)
				}
			})
		}
		b.printf("</w:tr>\n")
	}
	b.printf("</w:tbl>\n")
	b.paragraph("AfterTable", func() {})
}

// core is what the file says of itself.
func (b *docx) core() string {
	t := made(b.d)
	stamp := ""
	if !t.IsZero() {
		stamp = fmt.Sprintf(`<dcterms:created xsi:type="dcterms:W3CDTF">%[1]s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[1]s</dcterms:modified>`, t.Format(time.RFC3339))
	}
	return fmt.Sprintf(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dc:subject>%s</dc:subject><dc:creator>Truceline</dc:creator><dc:description>%s</dc:description><dc:language>%s</dc:language>%s</cp:coreProperties>`,
		escape(b.d.Title), escape(b.d.Subtitle), escape(b.d.Inputs), escape(locale(b.d.Lang)), stamp)
}

// relations are written after the body, which says which links there are.
func (b *docx) relations() string {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var out strings.Builder
	out.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, part := range []string{"styles", "settings", "header", "footer"} {
		id, file := part, part
		if part == "header" || part == "footer" {
			id, file = part+"1", part+"1"
		}
		fmt.Fprintf(&out, `<Relationship Id="%s" Type="%s%s" Target="%s.xml"/>`, id, office, part, file)
	}
	for i, address := range b.addresses {
		fmt.Fprintf(&out, `<Relationship Id="link%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, i+1, office, escape(address))
	}
	out.WriteString(`</Relationships>`)
	return out.String()
}

func (b *docx) header() string {
	h := &docx{d: b.d}
	h.printf(`<w:hdr %s>`, docxNames)
	h.paragraph("Header", func() {
		h.run(b.d.Title, b.d.Lang, "")
		h.printf(`<w:r><w:tab/></w:r>`)
		h.run(b.d.Subtitle, b.d.Lang, "")
	})
	h.printf(`</w:hdr>`)
	return h.String()
}

func (b *docx) footer() string {
	f := &docx{d: b.d}
	f.printf(`<w:ftr %s>`, docxNames)
	f.paragraph("Footer", func() {
		f.run(b.d.Footer, b.d.Lang, "")
		f.printf(`<w:r><w:tab/></w:r>`)
		f.field("PAGE", "1", false)
		f.run(" / ", "en", "")
		f.field("NUMPAGES", "1", false)
	})
	f.printf(`</w:ftr>`)
	return f.String()
}
