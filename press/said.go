package press

// dates gives findings the day on which they were said.
func (d *doc) dates() {}
