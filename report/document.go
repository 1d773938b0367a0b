// Package report owns the daily report: what is counted, in the order that monitoring
// missions use, in the words of package explain. A report is a function of a case, a
// position, a day and a language; the same inputs give the same bytes in every form.
package report

// Document is a report made ready to be set: the same for HTML, plain text, PDF and
// DOCX. All its words are in Lang unless a Run says otherwise.
type Document struct {
	Lang     string // "en", "ru", "uk" or "zh"
	Title    string // "Daily report, 12 March 2025"
	Subtitle string // the case
	Facts    []Fact // cut-off and clock, position and root, versions of agreements and rules
	Notice   string // what the report does not say: where it is safe
	Stamp    string // RFC 3339, UTC: the cut-off, which is also the date of creation of every file
	Address  string // "https://…/" below which addresses of the site stand; "" where unknown
	Contents string // heading of the contents
	Sections []Section
	Footer   string // one line for the foot of every page
	Inputs   string // the line of inputs, spec/report.md §4
}

// Fact is one line of the head: a name and its value.
type Fact struct {
	Name  string
	Value []Run
}

// Section is a numbered part: "3 Statements".
type Section struct {
	ID     string // stable in every language: "coverage"
	Number int    // 1 for the first
	Title  string
	Blocks []Block
}

// Block is one of Paragraph, Table and List.
type Block interface{ block() }

// Paragraph is numbered through the whole document.
type Paragraph struct {
	Number int // 1 for the first; 0: not numbered
	Runs   []Run
}

// List is a list of short items under a paragraph.
type List struct{ Items [][]Run }

// Table is a table with one row of headings.
type Table struct {
	Caption string
	Head    []string
	Rows    []Row
	Figures []bool // by column: figures are set to the right
	Widths  []int  // by column: shares of the width; empty: equal
}

// Row is one row of a table.
type Row struct {
	Cells [][]Run
	Total bool // a sum or heading of rows: set apart
}

// Run is a stretch of words of one look.
type Run struct {
	Text   string
	Lang   string // where it differs from the document's
	Strong bool
	Link   string // an address: "entries/B10" below Document.Address, or "https://…"
}

func (Paragraph) block() {}
func (List) block()      {}
func (Table) block()     {}
