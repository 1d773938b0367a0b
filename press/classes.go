package press

// A class says what a form of the lexicon can be; a form may be several things.
type class uint64

// The classes. press/lexicon/README.md says for each what it is for.
const (
	clsCue class = 1 << iota
	clsSource
	clsThis
	clsThat
	clsHearsay
	clsContested
	clsOffice
	clsBody
	clsCountry
	clsNation
	clsAnonymous
	clsModifier
	clsOutlet
	clsMedium
	clsPronoun
	clsAdverb
	clsOblique
	clsContrast
	clsAddressee
	clsSetting
	clsTime
	clsAbbreviation
	clsGiven
	clsSurname
	clsNameLetter
	clsPlain
	clsCommon
	clsContact
	clsExchange
	clsAid
	clsControl
	clsIncident
	clsAct
	clsPlanned
	clsEnding
	clsTail
	clsPlatform
	clsArticle
	clsAnd
	clsAs
	clsSitting
)

var classNames = map[string]class{
	"cue": clsCue, "source": clsSource, "this": clsThis, "that": clsThat,
	"hearsay": clsHearsay, "contested": clsContested,
	"office": clsOffice, "body": clsBody, "country": clsCountry, "nation": clsNation,
	"anonymous": clsAnonymous, "modifier": clsModifier, "outlet": clsOutlet, "medium": clsMedium,
	"pronoun": clsPronoun, "adverb": clsAdverb, "oblique": clsOblique, "contrast": clsContrast,
	"addressee": clsAddressee, "setting": clsSetting, "time": clsTime,
	"abbreviation": clsAbbreviation, "given": clsGiven, "surname": clsSurname, "name-letter": clsNameLetter,
	"plain": clsPlain, "common": clsCommon,
	"contact": clsContact, "exchange": clsExchange, "aid": clsAid, "control": clsControl,
	"incident": clsIncident, "act": clsAct, "planned": clsPlanned,
	"ending": clsEnding, "tail": clsTail, "platform": clsPlatform, "article": clsArticle, "and": clsAnd, "as": clsAs, "sitting": clsSitting,
}

// A frame says how a form is built into a sentence.
type frame uint64

// The frames; press/lexicon/README.md shows each by an example.
const (
	frClause frame = 1 << iota // a clause follows: "said that …"
	frNP                       // a noun phrase follows: "denied the attack"
	frInf                      // a verb without a person follows: "vowed to …"
	frQuote                    // only together with quotation marks: "he went on"
	frCall                     // an evaluation: "called it “…”"
	frTell                     // the person addressed may follow: "told reporters"
	frCite                     // the subject hands on another's words: "citing", "quoted"
	frWeak                     // only with a word like "that", a colon or a quotation
	frElided                   // the subject may be missing: "adding that"
	frAbout                    // a word of its own opens the noun phrase: "заявил о …"
	frSole                     // an office with one holder
	frSpokes                   // an office whose unnamed holder is anonymous
	frMany                     // plural
	frMale                     //
	frFemale                   //
	frBefore                   // stands before the name or noun
	frAfter                    // stands after it
	frCloser                   // closes the frame of a source: 据…报道
	frKnown                    // tells that somebody was named before: "the official"
	frThing                    // a pronoun for a body: "it"
	frTurn                     // stands after a subject and sets it against the clause before: 则
	frMind                     // a verb of the mind: no other's words follow "and" before it
	frFront                    // opens what a sentence tells of: «о срыве сообщил X»
	frOther                    // tells that one like it was named before: "another"
)

var frameNames = map[string]frame{
	"clause": frClause, "np": frNP, "inf": frInf, "quote": frQuote, "call": frCall, "tell": frTell,
	"cite": frCite, "weak": frWeak, "elided": frElided, "about": frAbout,
	"sole": frSole, "spokes": frSpokes, "many": frMany, "male": frMale, "female": frFemale,
	"before": frBefore, "after": frAfter, "closer": frCloser, "thing": frThing, "known": frKnown, "other": frOther, "front": frFront, "mind": frMind, "turn": frTurn,
}
