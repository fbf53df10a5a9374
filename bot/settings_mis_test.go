package bot

import (
	"strings"
	"testing"
)

func TestTheSecretOfTheClinicsOwnSystem(t *testing.T) {
	const old, new = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
	for _, c := range []struct {
		value string
		keys  int
	}{
		{"", 0}, {old, 1}, {old + ", " + new, 2},
		{old[6:], -1}, {"whsec_short", -1}, {"whsec_" + strings.Repeat("A", 100), -1}, {old + ",", -1}, {"whsec_пароль", -1},
	} {
		s, err := SettingsFrom(env(map[string]string{"CARELINE_MIS_SECRET": c.value}), t.TempDir())
		switch {
		case c.keys >= 0 && (err != nil || len(s.MIS) != c.keys):
			t.Errorf("%q: %d keys, %v", c.value, len(s.MIS), err)
		case c.keys < 0 && (err == nil || !strings.Contains(err.Error(), "CARELINE_MIS_SECRET: ") || strings.Contains(err.Error(), c.value)):
			t.Errorf("%q: %v", c.value, err)
		}
	}
}
