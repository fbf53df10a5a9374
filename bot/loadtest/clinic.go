package loadtest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"careline/dialogs/clinic"
)

// specialists of the polyclinic; each has a service and a practitioner.
var specialists = []string{
	"аллерголога", "андролога", "аритмолога", "венеролога", "гастроэнтеролога", "гематолога", "генетика", "гепатолога", "гериатра", "дерматолога",
	"диетолога", "иммунолога", "инфекциониста", "кардиолога", "колопроктолога", "косметолога", "логопеда", "маммолога", "нарколога", "невролога",
	"нейрохирурга", "нефролога", "онколога", "остеопата", "отоларинголога", "офтальмолога", "паразитолога", "пластического хирурга", "подолога", "психиатра",
	"психотерапевта", "пульмонолога", "ревматолога", "сомнолога", "сурдолога", "токсиколога", "травматолога", "трихолога", "уролога", "эндокринолога",
}

// Service is what the n-th patient comes for.
func Service(n int) string { return "Консультация " + specialists[n%len(specialists)] }

var months = []string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"}

// bookable days of the polyclinic, from the day after tomorrow on; its horizon is sixty.
const bookable = 56

// Day is when the n-th patient wants to come. 2,240 patients have a practitioner's day each to themselves, so that a
// load measures the bot and not how it settles quarrels about one time.
func Day(n int, now time.Time) string {
	day := now.AddDate(0, 0, 2+n/len(specialists)%bookable)
	return fmt.Sprintf("%d %s", day.Day(), months[day.Month()-1])
}

// Polyclinic writes the sample clinic into dir, with forty specialists more who work every day.
func Polyclinic(dir string) error {
	if err := os.CopyFS(dir, clinic.Files()); err != nil {
		return err
	}
	if err := os.RemoveAll(filepath.Join(dir, "transcripts")); err != nil { // they know other doctors
		return err
	}
	text, err := fs.ReadFile(clinic.Files(), "careline.yaml")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "careline.yaml"), []byte(enlarged(string(text))), 0o644)
}

var holidays = regexp.MustCompile(`(?m)^holidays:\n(  - .*\n)+`)

func enlarged(text string) string {
	var specialties, services, practitioners strings.Builder
	for i, who := range specialists {
		fmt.Fprintf(&specialties, "  s%d: Приём %s\n", i, who)
		fmt.Fprintf(&services, "  c%d:\n    title: Консультация %s\n    section: teeth\n    by: s%d\n    duration: 20m\n    price: 2000\n", i, who, i)
		fmt.Fprintf(&practitioners, "  p%d:\n    name: Николаев %d-й\n    specialties: [s%d]\n    works:\n      moscow:\n        mon-fri: 08:00-21:00\n        sat: 09:00-18:00\n        sun: 10:00-16:00\n", i, i, i)
	}
	text = holidays.ReplaceAllString(text, "")
	for key, more := range map[string]string{"specialties": specialties.String(), "services": services.String(), "practitioners": practitioners.String()} {
		text = strings.Replace(text, "\n"+key+":\n", "\n"+key+":\n"+more, 1)
	}
	return text
}
