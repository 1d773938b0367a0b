package draft

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/truceline/truceline/agreement"
)

func shape(d *Draft) []string {
	var list []string
	for _, a := range d.Articles {
		list = append(list, fmt.Sprintf("%d %s|%s|%s", a.At, a.Number, a.Heading, strings.Join(a.Words, "/")))
	}
	return list
}

func TestArticlesOfText(t *testing.T) {
	tests := []struct {
		name, text, language string
		want                 []string
	}{
		{"english", "TRUCE\n\nArticle 1. Fire\nNo party fires.\n\nArticle 2\nIt lasts 30 days.\n", "en", []string{"1 ||TRUCE", "3 1|Fire|No party fires.", "6 2||It lasts 30 days."}},
		{"figures", "1. Fire\nNo party fires.\n2) The sides withdraw all heavy weapons from the zone.\n", "en", []string{"1 1|Fire|No party fires.", "3 2||The sides withdraw all heavy weapons from the zone."}},
		{"russian", "Статья 1. Огонь\nСтороны не стреляют.\nСтатья 2 – Срок\nТридцать дней.\n", "ru", []string{"1 1|Огонь|Стороны не стреляют.", "3 2|Срок|Тридцать дней."}},
		{"ukrainian", "Стаття 1\nСторони припиняють вогонь її силами.\n§ 2 Строк\nТридцять днів.\n", "uk", []string{"1 1||Сторони припиняють вогонь її силами.", "3 2|Строк|Тридцять днів."}},
		{"chinese", "第一条 停火\n双方不得开火。\n第二条、期限\n为期三十天。\n三、生效\n自签署之日起生效。\n", "zh", []string{"1 一|停火|双方不得开火。", "3 二|期限|为期三十天。", "5 三|生效|自签署之日起生效。"}},
		{"carriage returns", "Article 1\r\nNo party fires.\r\n", "en", []string{"1 1||No party fires."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Read("d.txt", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if d.Language != tt.language || d.Unit != "line" {
				t.Errorf("language %s, unit %s", d.Language, d.Unit)
			}
			if diff := cmp.Diff(tt.want, shape(d)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestPiecesStandUnderTheirArticle: each manner of numbering is narrower than another,
// and a number that only looks like one begins nothing.
func TestPiecesStandUnderTheirArticle(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // number<holder
	}{
		{"paragraphs and items", "Article 1\n1. The parties shall:\n(a) stop;\n(b) leave.\n2. More.\nArticle 2\n1. Other.\n", []string{"1<", "1.1<1", "1.1(a)<1.1", "1.1(b)<1.1", "1.2<1", "2<", "2.1<2"}},
		{"dotted", "1. Fire\n1.1 No fire.\n1.2 No shells.\n1.2.1 None.\n2. Lines\n2.1 One.\n", []string{"1<", "1.1<1", "1.2<1", "1.2.1<1.2", "2<", "2.1<2"}},
		{"roman", "I. Fire\nNone.\nII. Lines\nIII. V. Brown signs.\nV. Brown signed it.\n", []string{"I<", "II<", "III<"}},
		{"small roman after letters", "1. A\n(h) eight;\n(i) nine;\n(j) ten.\n", []string{"1<", "1(h)<1", "1(i)<1", "1(j)<1"}},
		{"small roman in letters", "1. A\n(a) one:\n(i) first;\n(ii) second;\n(b) two.\n", []string{"1<", "1(a)<1", "1(a)(i)<1(a)", "1(a)(ii)<1(a)", "1(b)<1"}},
		{"abridged", "1 Fire\nNone.\n\n4 Guns\nNone.\n30 Days are meant.\n5 May 2030\n", []string{"1<", "4<"}},
		{"headings of Markdown", "# Truce\n## 3 Fire\nNone.\n## 3a Guns\nNone.\n## 9 Lines\n", []string{"<", "3<", "3a<", "9<"}},
		{"chapters hold articles", "Section I. General\nArticle 1\nA.\nSection II. Rest\nArticle 2\nB.\n", []string{"<", "1<", "<", "2<"}},
		{"chapters alone", "Section 1. General\nA.\nSection 2. Rest\nB.\n", []string{"1<", "2<"}},
		{"russian", "Статья 1\n1. Стороны обязуются:\n1) уйти;\n2) молчать.\nСтатья 2\nа) первое;\nб) второе.\n", []string{"1<", "1.1<1", "1.1(1)<1.1", "1.1(2)<1.1", "2<", "2(а)<2", "2(б)<2"}},
		{"chinese", "第一章 总则\n第一条 停火\n（一）不得开火；\n（二）不得射击。\n第十二条 期限\n", []string{"<", "一<", "一(一)<一", "一(二)<一", "十二<"}},
		{"dates and figures", "1 May 2030\n15.03.2030 Agreed.\n30 Days are meant.\nArticle 1\nAs agreed on\n12 March 2030 in the town.\nThe article 5 of the charter.\nArticle 2 of the charter holds.\n", []string{"<", "1<"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Read("d.txt", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, a := range d.Articles {
				holder := ""
				if a.Under >= 0 {
					holder = d.Articles[a.Under].Number
				}
				got = append(got, a.Number+"<"+holder)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestLinesOfOneSentenceAreOneParagraph, as in text copied from a page.
func TestLinesOfOneSentenceAreOneParagraph(t *testing.T) {
	d, err := Read("d.txt", []byte("Article 1\nThe parties leave the zone and\ntake their weapons with them. The commanders of the forces that stay\nReport it.\n\nsmall beginning\n第二条\n双方自协议生效之日起停止在接触线两侧各十公里以内的一切炮击并撤出\n全部火炮。\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1 1||The parties leave the zone and take their weapons with them. The commanders of the forces that stay Report it./small beginning",
		"7 二||双方自协议生效之日起停止在接触线两侧各十公里以内的一切炮击并撤出全部火炮。",
	}
	if diff := cmp.Diff(want, shape(d)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNumeralsInWords(t *testing.T) {
	for text, want := range map[string]int{"12": 12, "IV": 4, "XIX": 19, "XL": 40, "十": 10, "十二": 12, "二十": 20, "三十五": 35, "一百零五": 105, "二〇": 20, "A": 0, "": 0, "一万": 0, "3a": 0} {
		if got := valueOf(text); got != want {
			t.Errorf("%q is %d, not %d", text, got, want)
		}
	}
}

func TestTextInUTF16(t *testing.T) {
	for _, data := range []string{"\xff\xfe1\x00.\x00 \x00A\x00", "\xfe\xff\x001\x00.\x00 \x00A"} {
		d, err := Read("d.txt", []byte(data))
		if err != nil || len(d.Articles) != 1 || d.Articles[0].Heading != "A" {
			t.Errorf("%q: %v %v", data, d, err)
		}
	}
}

func codesOf(t *testing.T, text string) string {
	t.Helper()
	d, err := Read("d.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.Lint()
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range list {
		if !slices.Contains(Codes(), f.Code) {
			t.Errorf("the code %s is not listed", f.Code)
		}
		code := strings.TrimPrefix(f.Code, "draft-") + " " + f.Args["article"]
		if x := strings.ReplaceAll(f.Args["kinds"], "clause-", "") + f.Args["words"]; x != "" {
			code += " (" + x + ")"
		}
		codes = append(codes, strings.TrimSpace(code))
	}
	return strings.Join(codes, "\n")
}

func TestWordsAreHeldToWhatAClauseNeeds(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"vague", "Article 1\nAll heavy weapons shall be withdrawn immediately.\n", "not-formalised 1 (withdrawal)\nno-actor 1\nno-area 1\nno-distance 1\nno-deadline 1\nvague-term 1 (heavy weapons)\nvague-term 1 (immediately)\nno-start\nno-end\nno-verification\nno-consequence"},
		{"precise", "Article 1\nFrom 1 May 2030, 06:00, neither party fires in the western zone.\nArticle 2\nIt enters into force on 1 May 2030 and expires on 1 June 2030.\nArticle 3\nA joint commission investigates each breach.\n", "not-formalised 1 (entry_into_force,prohibition,zone)\nnot-formalised 2 (entry_into_force,duration)\nnot-formalised 3 (verification)"},
		{"days", "Article 1\nThis truce lasts 30 days.\nArticle 2\nThis truce lasts 30 calendar days.\n", "not-formalised 1 (duration)\nno-counting-rule 1 (30 days)\nnot-formalised 2 (duration)\nno-start\nno-verification\nno-consequence"},
		{"russian", "Статья 1\nСтороны немедленно прекращают огонь в районе порта.\n", "not-formalised 1 (prohibition)\nvague-term 1 (немедленно)\nno-start\nno-end\nno-verification\nno-consequence"},
		{"ukrainian", "Стаття 1\nЗвільнити всіх військовополонених; її строк не названо.\n", "not-formalised 1 (exchange)\nno-deadline 1\nno-start\nno-end\nno-verification\nno-consequence"},
		{"chinese", "第一条\n双方立即停火，为期三十天。\n", "not-formalised 一 (duration,prohibition)\nno-area 一\nno-counting-rule 一 (三十天)\nvague-term 一 (立即)\nno-start\nno-verification\nno-consequence"},
		{"what stands above holds below", "Article 1\nIn the western zone each party shall at the Control Line in good faith, by 1 May 2030:\n(a) promptly stop all fire at the \"old wall\";\n(b) withdraw its guns.\nArticle 2. Rest\n1. Greetings.\n", "vague-term 1 (good faith)\nundefined-term 1 (Control Line)\nnot-formalised 1(a) (prohibition,zone)\nvague-term 1(a) (promptly)\nundefined-term 1(a) (old wall)\nnot-formalised 1(b) (withdrawal,zone)\nnothing-said 2.1\nno-start\nno-end\nno-verification\nno-consequence"},
		{"distance and calibre", "Article 1\nThe parties shall withdraw heavy weapons of more than 100 mm by 15 km from their positions in the area by 1 May 2030.\n", "not-formalised 1 (withdrawal)\nno-start\nno-end\nno-verification\nno-consequence"},
		{"terms", "Article 1\n\"Safe Zone\" means the area of annex A.\nArticle 2\nNo party fires in the Safe Zone, over the Control Line or at \"special objects\". The Control Line is safe. They go to the Joint Monitoring Commission and to the Black Sea.\n", "not-formalised 1 (definition,zone)\nnot-formalised 2 (prohibition,zone,verification)\nundefined-term 2 (special objects)\nundefined-term 2 (Control Line)\nundefined-term 2 (Joint Monitoring Commission)\nno-start\nno-end\nno-consequence"},
		{"terms in russian", "Статья 1\nДля целей настоящего соглашения «зона тишины» означает полосу приложения А.\nСтатья 2\nВ зоне «зоны тишины» и у «важных объектов» стороны огня не открывают.\n", "not-formalised 1 (definition,zone)\nnot-formalised 2 (prohibition,zone)\nundefined-term 2 (важных объектов)\nno-start\nno-end\nno-verification\nno-consequence"},
		{"numbers in words", "Статья 1\nСтороны обязуются за тридцать дней передать карты.\nСтатья 2\nВ течение двадцати четырёх часов сторона сообщает о каждом случае.\n", "not-formalised 1 (duty)\nno-counting-rule 1 (тридцать дней)\nnot-formalised 2 (duty)\nno-start\nno-end\nno-verification\nno-consequence"},
		{"hours and long numbers", "1. No party shall fire from 27 November 2030 at 04:00 on both sides of the ceasefire line.\n2. The parties shall leave the zone in one hundred and twenty days.\n3. The ceasefire lasts 90 days.\n", "not-formalised 1 (entry_into_force,prohibition)\nno-area 1\nnot-formalised 2 (zone,duty)\nno-counting-rule 2 (one hundred and twenty days)\nnot-formalised 3 (duration)\nno-counting-rule 3 (90 days)\nno-verification\nno-consequence"},
		{"chinese months", "1. 自2030年11月1日起，双方在分界线五公里以内不进行炮击，为期三个月。\n", "not-formalised 1 (duration,prohibition,zone)\nno-counting-rule 1 (三个月)\nno-verification\nno-consequence"},
		{"chinese items", "第一条 撤离\n双方应：\n（一）在两周内将火炮自接触线后撤十五公里；\n（二）依公约交换所有战俘。\n", "not-formalised 一(一) (withdrawal,zone)\nno-counting-rule 一(一) (两周)\nnot-formalised 一(二) (exchange)\nno-deadline 一(二)\nno-start\nno-end\nno-verification\nno-consequence"},
		{"preamble", "Truce of the lakes\nArticle 1\nGreetings.\n", "nothing-said 1\nno-start\nno-end\nno-verification\nno-consequence"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, codesOf(t, tt.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestProposalsAreAgreementFiles: whatever the draft, the skeleton can be read, and
// every article is one of it but the title.
func TestProposalsAreAgreementFiles(t *testing.T) {
	for _, text := range []string{
		"TRUCE\nArticle 1. Fire\nNo party fires.\nArticle 1\nTwice.\nArticle IV\n```\n# not a heading\n",
		"第一条 停火\n双方不得开火。\n（一）立即。\n", "words without a number\n", "1. A\n1.1 B below\n",
		"Article 1\n<!-- hidden\nArticle 2\n<script>\nArticle 3 ###\n~~~\n===\n---\nArticle 4\n    ```hcl\n${x} %{y}\n",
		"${TITLE} \"%{\"\n1) One --> and -- two within 30 days\n(a) No party shall fire -->.\n",
	} {
		d, err := Read("d.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"draft", "My draft ${x}", ""} {
			skeleton, err := d.Propose(id)
			if err != nil {
				t.Fatal(err)
			}
			a, err := agreement.ParseText("draft.md", []byte(skeleton), nil)
			articles := len(d.Articles)
			if first := d.Articles[0]; articles > 1 && first.Number == "" && first.Text() == d.title() {
				articles-- // the title
			}
			if err != nil || len(a.Articles) != articles {
				t.Errorf("%v\n%s", err, skeleton)
			}
		}
	}
}

// TestTitleIsNoArticle: what stands before the first number is no clause, whatever its words.
func TestTitleIsNoArticle(t *testing.T) {
	for text, want := range map[string]string{
		"AGREEMENT ON A CEASEFIRE\n\nArticle 1\nThe parties shall cease fire.\n":                                                     "# 1 ",
		"AGREEMENT ON A CEASEFIRE\n\nThe parties shall cease all fire, as said below.\n\nArticle 1\nThe parties shall cease fire.\n": "# 0.1 ",
	} {
		d, err := Read("d.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.Propose("d")
		if err != nil {
			t.Fatal(err)
		}
		_, articles, _ := strings.Cut(got, "```\n\n")
		if before, _, _ := strings.Cut(articles, "# 1 "); !strings.HasPrefix(articles, want) || strings.Contains(before, "prohibition") {
			t.Errorf("the title became a clause:\n%s", got)
		}
	}
}

// TestProposedTermsAreTerms: out of their comments they can be read, of every kind.
func TestProposedTermsAreTerms(t *testing.T) {
	for _, k := range kinds {
		block := k.block() + " \"1\" {\n" + strings.Join(terms[k], "\n") + "\n}\n"
		text := "```hcl\nagreement \"d\" {\n  title = { en = \"D\" }\n  parties = { A = \"party\", B = \"party\", M = \"mediator\" }\n}\n```\n\n# 1 Fire\n\n```hcl\n" + block + "```\n"
		if k == KindException {
			text = strings.Replace(text, "proof ", "defeats = [\"0\"]\nproof ", 1) + "\n```hcl\nprohibition \"0\" {\n  acts = [\"attack\"]\n}\n```\n"
		}
		if a, err := agreement.ParseText("d.md", []byte(text), nil); err != nil || len(a.Articles) != 1 || len(a.Articles[0].Clauses) == 0 {
			t.Errorf("%s: %v", k, err)
		}
	}
	d, err := Read("d.txt", []byte("Article 2\nThe parties shall withdraw all guns of more than 100 mm by 15 km within 30 days.\n"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.Propose("d")
	want := "# the words say: 100 mm; 15 km; 30 days\nwithdrawal \"2\" {\n  # binds   = [\"A\", \"B\"]\n"
	if err != nil || !strings.Contains(got, want) {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestLexiconsSpeakOfTheSame: every language has words for every kind and question,
// and its expressions can be read.
func TestLexiconsSpeakOfTheSame(t *testing.T) {
	for _, language := range Languages() {
		w, err := readWords(language)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readLexicon(language); err != nil {
			t.Error(err)
		}
		if len(w.Kinds) != len(kinds) {
			t.Errorf("%s has %d kinds, not %d", language, len(w.Kinds), len(kinds))
		}
		for _, k := range kinds {
			if len(w.Kinds[string(k)]) == 0 {
				t.Errorf("%s has no words for %s", language, k)
			}
		}
		for i, list := range [][]string{w.Not, w.Who, w.Where, w.Deadline, w.Counting, w.Vague, w.Calibred, w.Start, w.End, w.Verify, w.Consequence} {
			if len(list) == 0 {
				t.Errorf("%s lacks list %d", language, i)
			}
			for _, w := range list {
				if w != plain(w) && !strings.HasPrefix(w, "re:") {
					t.Errorf("%s: %q is not as words are compared: %q", language, w, plain(w))
				}
			}
		}
	}
}
