//go:build race

package phonetest

// raced: the race detector makes a network with a patient on it five times slower.
const raced = true
