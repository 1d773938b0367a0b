package record

func (*Agreement) kind() Kind   { return KindAgreement }
func (*Reading) kind() Kind     { return KindReading }
func (*Area) kind() Kind        { return KindArea }
func (*Source) kind() Kind      { return KindSource }
func (*Statement) kind() Kind   { return KindStatement }
func (*Translation) kind() Kind { return KindTranslation }
func (*Act) kind() Kind         { return KindAct }
func (*Report) kind() Kind      { return KindReport }
func (*Finding) kind() Kind     { return KindFinding }
func (*Ruling) kind() Kind      { return KindRuling }
func (*Request) kind() Kind     { return KindRequest }
func (*Reply) kind() Kind       { return KindReply }
func (*Message) kind() Kind     { return KindMessage }
func (*Tally) kind() Kind       { return KindTally }
func (*Contact) kind() Kind     { return KindContact }
func (*Exchange) kind() Kind    { return KindExchange }
func (*Flow) kind() Kind        { return KindFlow }
func (*Control) kind() Kind     { return KindControl }
func (*Coverage) kind() Kind    { return KindCoverage }
func (*Link) kind() Kind        { return KindLink }
func (*Unlink) kind() Kind      { return KindUnlink }
func (*Correction) kind() Kind  { return KindCorrection }
func (*Retraction) kind() Kind  { return KindRetraction }
func (*Dissent) kind() Kind     { return KindDissent }
func (*Publication) kind() Kind { return KindPublication }
func (*Key) kind() Kind         { return KindKey }
func (*Erasure) kind() Kind     { return KindErasure }
func (*Handover) kind() Kind    { return KindHandover }
func (*Sheet) kind() Kind       { return KindSheet }

// newBody gives an empty body for a kind, or nil for an unknown one.
func newBody(k Kind) Body {
	switch k {
	case KindAgreement:
		return &Agreement{}
	case KindReading:
		return &Reading{}
	case KindArea:
		return &Area{}
	case KindSource:
		return &Source{}
	case KindStatement:
		return &Statement{}
	case KindTranslation:
		return &Translation{}
	case KindAct:
		return &Act{}
	case KindReport:
		return &Report{}
	case KindFinding:
		return &Finding{}
	case KindRuling:
		return &Ruling{}
	case KindRequest:
		return &Request{}
	case KindReply:
		return &Reply{}
	case KindMessage:
		return &Message{}
	case KindTally:
		return &Tally{}
	case KindContact:
		return &Contact{}
	case KindExchange:
		return &Exchange{}
	case KindFlow:
		return &Flow{}
	case KindControl:
		return &Control{}
	case KindCoverage:
		return &Coverage{}
	case KindLink:
		return &Link{}
	case KindUnlink:
		return &Unlink{}
	case KindCorrection:
		return &Correction{}
	case KindRetraction:
		return &Retraction{}
	case KindDissent:
		return &Dissent{}
	case KindPublication:
		return &Publication{}
	case KindKey:
		return &Key{}
	case KindErasure:
		return &Erasure{}
	case KindHandover:
		return &Handover{}
	case KindSheet:
		return &Sheet{}
	}
	return nil
}
