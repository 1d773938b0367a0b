//go:build unix && !linux

package pgtest

import "syscall"

// endWithUs does nothing: here a server outlives a test process that is killed.
func endWithUs(*syscall.SysProcAttr) {}
