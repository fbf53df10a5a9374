package rehearsal

import (
	"path"
	"testing"
)

// The year of a patient goes as written on PostgreSQL too, in every messenger.
func TestTheGoldenYearOnPostgreSQL(t *testing.T) {
	f, scripts := shipped(t)
	for _, messenger := range messengers {
		t.Run(string(messenger), func(t *testing.T) {
			for _, script := range scripts {
				if path.Base(script.Pos.File) != "year.yaml" {
					continue
				}
				if !Possible(script, messenger) {
					t.Fatal("the year is not possible here")
				}
				if err := Perform(t.Context(), Stage{Scripts: f.Scripts, Clinic: f.Clinic, Store: emptyPostgres(t), Channel: messenger}, script); err != nil {
					t.Error(err)
				}
				return
			}
			t.Fatal("there is no year")
		})
	}
}
