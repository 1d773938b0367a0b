package pgtest

import "syscall"

// endWithUs has the kernel end the server when this process dies, by whatever cause: a
// test that runs out of its time ends the process without any clean-up.
func endWithUs(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGQUIT }
