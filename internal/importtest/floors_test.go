package importtest

// room is a package of the module and what it may import, each import with its
// reason. The standard library is open to all, but for what purity forbids to the
// pure rooms. Tests may import more: they are no part of what is shipped.
type room struct {
	path    string            // below the module, "." never
	pure    bool              // no I/O, no clock, no goroutine: see purity_test.go
	aide    bool              // only proposes: no core room may import it
	inside  map[string]string // rooms of this module, which stand earlier in the list
	outside map[string]string // other modules' packages; "m/..." allows all below m
}

type because = map[string]string

// floors lists the rooms from the ground up. A room imports only rooms above it in
// this list, so that no cycle can come about. A new package gets its line here, with reasons.
var floors = []room{
	// Core, pure.
	{path: "problem", pure: true},
	{path: "truth", pure: true},
	{path: "moment", pure: true, inside: because{
		"truth":   "comparing imprecise times gives yes, no or maybe",
		"problem": "a time that cannot be read is told like any bad input",
	}},
	{path: "place", pure: true, inside: because{
		"truth":   "an uncertain place is in an area: yes, no or maybe",
		"problem": "faults of an area's file are told with line and column",
	}, outside: because{
		"github.com/golang/geo/...":                "containment and the index on the sphere",
		"github.com/peterstace/simplefeatures/...": "validity of rings, unions of areas",
		"github.com/paulmach/orb/...":              "formats and simplification",
	}},
	{path: "proof", pure: true, outside: because{
		"golang.org/x/mod/sumdb/...": "RFC 6962 hashing, proofs and signed notes",
	}},
	{path: "record", pure: true, inside: because{
		"proof":   "the root of a sheet and the keys of authors are the log's",
		"problem": "faults of an entry are told with their field",
		"moment":  "entries carry imprecise times",
		"truth":   "what a sealed or absent field leaves open",
		"place":   "entries carry uncertain places",
	}, outside: because{
		"github.com/gowebpki/jcs": "canonical JSON, RFC 8785",
	}},
	{path: "agreement", pure: true, inside: because{
		"problem": "faults of the file are told with line and column",
		"truth":   "whether a branch of a taxonomy binds is yes, no or maybe",
		"moment":  "lengths, deadlines and the day from which a reading is known",
		"place":   "areas that the text names",
		"record":  "texts in several languages have one type",
	}, outside: because{
		"github.com/hashicorp/hcl/v2/...": "terms with file, line and column",
		"github.com/zclconf/go-cty/...":   "the values that hcl gives",
		"github.com/yuin/goldmark/...":    "the words between the terms",
	}},
	{path: "casefile", pure: true, inside: because{
		"problem":   "all faults of all files are told at once",
		"truth":     "bounds of imprecise times",
		"moment":    "the case's zone and bounds",
		"place":     "areas of the case",
		"record":    "entries in order",
		"agreement": "versions and readings of the case",
	}, outside: because{
		"github.com/hashicorp/hcl/v2/...": "case.hcl",
		"github.com/zclconf/go-cty/...":   "the values that hcl gives",
	}},
	{path: "judge", pure: true, inside: because{
		"truth":     "every test answers yes, no or maybe",
		"moment":    "windows, deadlines and ends",
		"place":     "where an incident was against where a clause binds",
		"record":    "entries are the facts",
		"agreement": "clauses are the rules",
		"casefile":  "a case is what is judged",
		"problem":   "a question that cannot be asked is told like any bad input",
	}},
	{path: "replay", pure: true, inside: because{
		"truth":  "which tests came out maybe",
		"moment": "the week of an incident",
		"record": "reports by their references",
		"judge":  "what incidents come to",
	}},
	{path: "explain", pure: true, inside: because{
		"truth":     "a maybe is told with what would settle it",
		"moment":    "imprecise times in words",
		"place":     "uncertain places in words",
		"record":    "texts in several languages",
		"agreement": "clauses by name and position",
		"casefile":  "names of parties, people and areas",
		"judge":     "the reasons that become sentences",
	}, outside: because{
		"golang.org/x/text/...": "plural rules and number forms of each language",
	}},
	{path: "release", pure: true, inside: because{
		"truth":    "whether what is shown lies in an area",
		"moment":   "how long a place is held",
		"place":    "the areas that hold a place",
		"record":   "entries written out",
		"casefile": "the terms that a case states, and its areas",
		"judge":    "what a question sees; reasons that tell distances",
	}},
	{path: "release/releasetest"},
	{path: "report", pure: true, inside: because{
		"release":   "what the public is shown of places",
		"truth":     "figures that may be a range",
		"moment":    "the day that is reported on",
		"place":     "areas in which incidents may lie",
		"record":    "what was recorded",
		"agreement": "clauses and branches of the taxonomies by name",
		"casefile":  "names of parties and areas",
		"judge":     "what is counted",
		"explain":   "the words beside the figures",
	}, outside: because{
		"github.com/gowebpki/jcs": "the line of inputs is canonical JSON",
		"golang.org/x/text/width": "columns of plain text with Chinese in them",
	}},
	{path: "verify", pure: true, inside: because{
		"problem":  "what does not fit is told with its place",
		"moment":   "the question's times",
		"record":   "envelopes and signatures",
		"casefile": "a case read from leaves",
		"report":   "daily reports made again",
		"proof":    "tree and checkpoints",
		"judge":    "rulings computed again",
	}},
	{path: "verify/verifytest", inside: because{
		"moment":   "for when rulings are published",
		"record":   "entries to sign",
		"proof":    "keys, tiles and checkpoints to make",
		"casefile": "the case whose rulings are published",
		"judge":    "the version of the rules",
		"verify":   "rulings as they are published",
	}},
	{path: "scenario", pure: true, inside: because{
		"problem":   "a scenario that cannot be read is told with its line",
		"truth":     "answers that are expected",
		"moment":    "times of the questions",
		"place":     "areas of invented cases",
		"record":    "entries of invented cases",
		"agreement": "agreements of invented cases",
		"casefile":  "a case in files",
		"judge":     "the answers",
		"explain":   "the sentences",
	}, outside: because{
		"golang.org/x/tools/txtar": "questions and answers in one text file",
	}},

	// Aides, pure.
	{path: "match", pure: true, aide: true, inside: because{
		"truth":  "whether two reports can be of one event",
		"moment": "distance in time",
		"place":  "distance in space",
		"record": "the reports",
	}},
	{path: "press/dates", pure: true, aide: true},
	{path: "press/figures", pure: true, aide: true},
	{path: "press", pure: true, aide: true, inside: because{
		"problem":     "a text that cannot be read is told like any bad input",
		"press/dates": "dates in news",
		"moment":      "days of publication",
		"place":       "places in news",
		"record":      "proposals are drafts of entries",
	}, outside: because{
		"golang.org/x/text/...": "forms of letters",
	}},
	{path: "press/score", pure: true, aide: true, inside: because{
		"press": "proposals and gold have one form",
	}},

	// Machinery.
	{path: "internal/importtest"},
	{path: "internal/store"},
	{path: "internal/store/storetest", inside: because{
		"internal/store": "what is held to the contract",
	}, outside: because{
		"github.com/google/go-cmp/cmp": "what differs between two lists",
	}},
	{path: "internal/sqlite", inside: because{
		"internal/store": "the contract",
	}, outside: because{
		"modernc.org/sqlite/...":   "the embedded engine, without cgo",
		"golang.org/x/sys/windows": "the lock of a file, where there is no flock",
	}},
	{path: "internal/postgres", inside: because{
		"internal/store": "the contract",
	}, outside: because{
		"github.com/jackc/pgx/v5/...": "the driver",
	}},
	{path: "internal/postgres/pgtest", outside: because{
		"github.com/jackc/pgx/v5/...": "whether a server of the tests answers",
	}},
	{path: "internal/keep", inside: because{
		"problem": "a file that cannot be used is told like any bad input",
		"proof":   "keys of logs, authors and cosigners",
		"record":  "sealed fields and their openings",
	}, outside: because{
		"filippo.io/age":       "protected values are sealed with it",
		"golang.org/x/sys/...": "locks on files",
	}},
	{path: "internal/recorder", inside: because{
		"problem":        "a refused entry is told like any bad input",
		"proof":          "the tree, its tiles and its checkpoint",
		"record":         "entries, signatures and keys",
		"internal/store": "where batches become durable",
	}},
	{path: "internal/mirror", inside: because{
		"proof":             "paths of tiles",
		"record":            "files that entries name",
		"internal/store":    "the record that is laid out",
		"internal/recorder": "its reader gives out nothing unverified",
	}},
	{path: "internal/api", inside: because{
		"problem":           "refusals are told like any bad input",
		"proof":             "tiles, checkpoints and cosignatures",
		"record":            "entries that are handed in",
		"internal/store":    "the record that is served",
		"internal/keep":     "the state of a witness is kept durably",
		"internal/mirror":   "the layout that is served",
		"internal/recorder": "what is handed in is recorded, what is read is verified",
	}, outside: because{
		"github.com/danielgtaylor/huma/v2/...":    "OpenAPI 3.1 from the handlers",
		"github.com/prometheus/client_golang/...": "what an operator watches",
	}},
	{path: "internal/draft", inside: because{
		"problem":   "a file that cannot be read is told like any bad input",
		"truth":     "what a finding speaks of",
		"agreement": "findings and kinds of clause",
		"moment":    "lengths in words",
		"record":    "languages",
	}},
	{path: "internal/intake", inside: because{
		"problem":   "each refused row with its reason",
		"moment":    "times in rows",
		"place":     "places in rows",
		"record":    "rows become drafts of entries",
		"agreement": "taxonomies that rows are mapped to",
		"casefile":  "parties and areas that rows name",
		"match":     "which rows may tell of one event",
		"press":     "articles",
	}},
	{path: "internal/article", inside: because{
		"problem": "what cannot be read as an article is told like any bad input",
	}, outside: because{
		"codeberg.org/readeck/go-readability/v2": "which part of a page is the article",
		"golang.org/x/net/html/...":              "pages, and the encodings that they declare",
		"golang.org/x/text/encoding/...":         "text in other encodings",
	}},
	{path: "internal/people", inside: because{
		"record":   "voices, offices and what holds after corrections",
		"casefile": "the case's table of people",
	}, outside: because{
		"golang.org/x/text/unicode/norm": "letters in one form, and without their marks",
	}},
	{path: "internal/proposals", inside: because{
		"problem":         "a row that cannot be used is told with line, column and field",
		"record":          "rows become drafts of entries",
		"press":           "what is proposed for an article",
		"internal/people": "who a speaker may be",
	}, outside: because{
		"github.com/hashicorp/hcl/v2/...": "the file that a person edits",
		"github.com/zclconf/go-cty/...":   "the values that hcl gives",
	}},
	{path: "internal/presspage", inside: because{
		"press": "the article's statements, claims and events, where they stand",
	}},
	{path: "internal/fetch", inside: because{
		"problem": "an address that cannot be asked is told like any bad input",
	}},
	{path: "internal/feed", inside: because{
		"problem":            "a feed that cannot be read is told like any bad input",
		"press":              "articles of feeds are read",
		"internal/keep":      "originals, their custody and the state of feeds are kept durably",
		"internal/people":    "speakers are looked up",
		"internal/article":   "the words of pages, and times in feeds",
		"internal/proposals": "each article leaves a file of proposals",
		"internal/fetch":     "feeds and articles are asked for politely",
	}, outside: because{
		"golang.org/x/net/html/charset": "feeds in other encodings",
	}},
	{path: "internal/render", inside: because{
		"problem": "a build without fonts is told like any bad input",
		"report":  "the document that is set",
	}, outside: because{
		"github.com/signintech/gopdf/...": "PDF with embedded fonts",
		"golang.org/x/text/unicode/norm":  "letters in one form, for which fonts have glyphs",
	}},
	{path: "internal/draw", inside: because{
		"place": "points and outlines that are drawn",
	}},
	{path: "internal/view", inside: because{
		"release":   "lists by area tell no more of places than is shown",
		"truth":     "a place may lie in an area",
		"moment":    "what is asked about",
		"record":    "kinds of entry",
		"agreement": "branches of the taxonomies",
		"casefile":  "the case that is viewed",
		"judge":     "benches and decisions that are kept",
	}, outside: because{
		"golang.org/x/text/unicode/norm": "words in one form",
	}},
	{path: "internal/fill"},
	{path: "internal/web", inside: because{
		"internal/fill": "templates are executed by it",
		"release":       "what of places stands on pages and maps",
		"internal/view": "views that pages share",
		"problem":       "faults shown on pages",
		"truth":         "answers on pages",
		"moment":        "times on pages",
		"place":         "the map",
		"record":        "entries on pages",
		"agreement":     "texts and clauses on pages",
		"casefile":      "the case that is shown",
		"judge":         "rulings on pages",
		"explain":       "sentences on pages",
		"report":        "the day's report",
		"internal/draw": "the map's drawing",
	}, outside: because{
		"golang.org/x/text/...": "the reader's language and its order of names",
	}},
	{path: "internal/export", outside: because{
		"golang.org/x/net/html": "links in pages that are laid out as files",
	}},
	{path: "internal/cli", inside: because{
		"problem":            "faults told in the terminal",
		"truth":              "answers in the terminal",
		"moment":             "times given by flags",
		"place":              "areas in the terminal",
		"record":             "entries in the terminal",
		"agreement":          "lint",
		"casefile":           "the case that is asked",
		"judge":              "the judge command",
		"replay":             "the replay command",
		"explain":            "sentences in the terminal",
		"report":             "the report command",
		"verify":             "the verify command",
		"scenario":           "the test command",
		"match":              "the match command",
		"press":              "the press command",
		"press/score":        "the press score command",
		"proof":              "keys, checkpoints and cosignatures",
		"internal/draft":     "drafts as Word files and text",
		"internal/store":     "the record of a case",
		"internal/sqlite":    "the embedded store",
		"internal/postgres":  "the store of several machines",
		"internal/keep":      "keys, protected values and blobs of a case",
		"internal/recorder":  "the append and import commands",
		"internal/mirror":    "the export and verify commands",
		"internal/api":       "the serve and witness commands",
		"internal/intake":    "the import command",
		"internal/people":    "the people command, and speakers of proposals",
		"internal/article":   "articles of the press command",
		"internal/fetch":     "articles by their address",
		"internal/feed":      "the feed command",
		"internal/proposals": "the files that press apply reads",
		"internal/render":    "reports as PDF and DOCX",
		"internal/presspage": "the page of press --format html",
		"internal/export":    "the site as files",
		"internal/web":       "the serve and demo commands",
		"cases/...":          "the founding case that is embedded",
	}, outside: because{
		"github.com/spf13/cobra":            "commands and flags",
		"github.com/spf13/pflag":            "flags of cobra",
		"github.com/schollz/progressbar/v3": "progress of long work",
		"golang.org/x/term":                 "whether a terminal listens and how wide it is",
		"github.com/mattn/go-runewidth":     "columns with Chinese in them",
	}},
	{path: "internal/faulttest"},
	{path: "tools/testsum"},
	{path: "tools/fonts", outside: because{
		"github.com/signintech/gopdf/fontmaker/core":   "reading the fonts that are thinned",
		"golang.org/x/text/encoding/simplifiedchinese": "which characters are common",
	}},
	{path: "tools/basemap", outside: because{
		"github.com/peterstace/simplefeatures/...": "cutting outlines to a box",
	}},
	{path: "cmd/truceline", inside: because{
		"internal/cli": "main only starts it",
	}},
}
