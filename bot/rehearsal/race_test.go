//go:build race

package rehearsal

// raced: the race detector makes conversations of months ten times slower.
const raced = true
