//go:build race

package main

// raced: the race detector makes a command that loads a clinic take seconds.
const raced = true
