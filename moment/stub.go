package moment

type Duration struct{ Years, Months, Weeks, Days, Hours, Minutes, Seconds int }

func ParseDuration(text string) (Duration, error) { return Duration{}, nil }
func (d Duration) String() string                 { return "" }

type Counting string

const (
	CountHours   Counting = "from the hour of the start"
	CountDayOne  Counting = "the day of the start is day one"
	CountDayZero Counting = "the day of the start is not counted"
	CountMonth   Counting = "thirty days as a month"
)

func Countings() []Counting { return nil }
func End(start Time, d Duration, c Counting, z *Zone) (Time, error) {
	return start, nil
}

type Period struct{ Months, Days int }
type Range struct {
	Least, Most          Period
	LeastDays, MostDays  int
	OpenBelow, OpenAbove bool
}

func (r Range) MonthsRange() (least, most int)    { return 0, 0 }
func Difference(from, to Time, z *Zone) Range     { return Range{} }
func spell(set Set, zone *Zone) string            { return "" }
func Parse(text string, zone *Zone) (Time, error) { return Time{}, nil }
