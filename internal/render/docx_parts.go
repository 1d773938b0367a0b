package render

import (
	"fmt"
	"strings"
)

const docxNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

const docxTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`

const docxRoot = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="document" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="app" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>`

const docxApp = `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Truceline</Application></Properties>`

const docxSettings = `<w:settings ` + docxNames + `><w:defaultTabStop w:val="680"/><w:characterSpacingControl w:val="doNotCompress"/>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

// styles are those of the PDF in Word's terms; sizes are in half points.
func (b *docx) styles() string {
	lead := 290 // twentieths of a point
	if b.d.Lang == "zh" {
		lead = 340
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="SimSun"/>`+
		`<w:color w:val="1C1D1F"/><w:sz w:val="21"/><w:szCs w:val="21"/>%s</w:rPr></w:rPrDefault>`+
		`<w:pPrDefault><w:pPr><w:kinsoku/><w:spacing w:before="0" w:after="120" w:line="%d" w:lineRule="atLeast"/></w:pPr></w:pPrDefault></w:docDefaults>`, docxNames, docxLang(b.d.Lang), lead)
	style := func(id, name, paragraph, run string) {
		based := `<w:basedOn w:val="Normal"/>`
		normal := ""
		if id == "Normal" {
			based, normal = "", ` w:default="1"`
		}
		fmt.Fprintf(&out, `<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/>%s<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, normal, id, name, based, paragraph, run)
	}
	const (
		line  = `w:val="single" w:space="4" w:color="C4C4C0"`
		quiet = `<w:color w:val="5C5F63"/>`
		small = `<w:sz w:val="18"/><w:szCs w:val="18"/>`
		tiny  = `<w:sz w:val="16"/><w:szCs w:val="16"/>`
	)
	hanging := fmt.Sprintf(`<w:ind w:left="%[1]d" w:hanging="%[1]d"/>`, docxHang)
	style("Normal", "Normal", "", "")
	style("Title", "Title", `<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="8" w:space="8" w:color="1C1D1F"/></w:pBdr><w:spacing w:after="160"/>`, `<w:b/><w:sz w:val="42"/><w:szCs w:val="42"/>`)
	style("Subtitle", "Subtitle", `<w:keepNext/><w:spacing w:after="60"/>`, quiet+`<w:sz w:val="22"/><w:szCs w:val="22"/>`)
	style("Notice", "Notice", `<w:spacing w:before="280" w:after="200"/>`, "")
	style("ContentsHeading", "Contents heading", `<w:keepNext/><w:spacing w:before="240" w:after="100"/>`, `<w:b/><w:sz w:val="27"/><w:szCs w:val="27"/>`)
	style("TOC1", "toc 1", fmt.Sprintf(`<w:tabs><w:tab w:val="left" w:pos="%d"/><w:tab w:val="right" w:pos="%d"/></w:tabs><w:spacing w:after="60"/><w:ind w:left="%[1]d" w:right="600" w:hanging="%[1]d"/>`, docxHang, docxMeasure), "")
	style("Heading1", "heading 1", `<w:keepNext/><w:keepLines/><w:tabs><w:tab w:val="left" w:pos="680"/></w:tabs><w:spacing w:before="320" w:after="140"/>`+hanging+`<w:outlineLvl w:val="0"/>`, `<w:b/><w:sz w:val="27"/><w:szCs w:val="27"/>`)
	style("Numbered", "Numbered", `<w:tabs><w:tab w:val="left" w:pos="680"/></w:tabs>`+hanging, "")
	style("Indented", "Indented", fmt.Sprintf(`<w:ind w:left="%d"/>`, docxHang), "")
	style("Item", "Item", `<w:tabs><w:tab w:val="left" w:pos="960"/></w:tabs><w:spacing w:after="50"/><w:ind w:left="960" w:hanging="280"/>`, "")
	style("Caption", "caption", `<w:keepNext/><w:spacing w:before="100" w:after="60"/>`, `<w:b/><w:sz w:val="19"/><w:szCs w:val="19"/>`)
	style("Cell", "Cell", `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="atLeast"/>`, small)
	style("CellHead", "Cell head", `<w:keepNext/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="atLeast"/>`, quiet+small)
	style("FactName", "Fact name", `<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="atLeast"/>`, quiet+small)
	style("AfterTable", "After table", `<w:spacing w:after="0" w:line="200" w:lineRule="exact"/>`, tiny)
	style("Header", "header", fmt.Sprintf(`<w:pBdr><w:bottom w:sz="4" %s/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, line, docxMeasure), quiet+tiny)
	style("Footer", "footer", fmt.Sprintf(`<w:pBdr><w:top w:sz="4" %s/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, line, docxMeasure), quiet+tiny)
	out.WriteString(`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0B5F62"/></w:rPr></w:style>`)
	out.WriteString(`<w:style w:type="table" w:default="1" w:styleId="Plain"><w:name w:val="Normal Table"/><w:tblPr><w:tblBorders>` +
		`<w:top w:val="single" w:sz="6" w:space="0" w:color="1C1D1F"/><w:bottom w:val="single" w:sz="6" w:space="0" w:color="1C1D1F"/>` +
		`<w:insideH w:val="single" w:sz="2" w:space="0" w:color="C4C4C0"/></w:tblBorders>` +
		`<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return out.String()
}
