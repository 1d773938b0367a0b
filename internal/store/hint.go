package store

// Hinted is a store whose hint of Wait can be lost before its release, because it hangs on a
// connection. A writer that learns of it stops and begins again with Wait; its
// commits stay safe all the while, since the epoch decides.
type Hinted interface {
	Store
	// Lost gives a channel that is closed when the hint of the last Wait is gone.
	Lost() <-chan struct{}
}
