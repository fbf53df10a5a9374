//go:build !race

package phonetest

const raced = false
