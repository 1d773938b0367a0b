// Package faulttest breaks records in real processes, stores and servers, and verifies
// each from outside afterwards. It has tests only; docs/reliability.md is its table.
package faulttest
