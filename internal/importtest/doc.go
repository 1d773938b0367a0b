// Package importtest holds the rules of the house as tests: which package may
// import what and why (floors_test.go), what the pure packages may not do
// (purity_test.go), how long a file may be and which words it may not hold
// (files_test.go), and the shape of the volume data (viina_test.go).
package importtest
