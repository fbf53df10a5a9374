package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"careline/store"
)

const misSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

var shell = regexp.MustCompile("(?s)```sh\n(.*?)```")

// manualOn is the shell of a manual: the script that tells, and the line that calls it.
func manualOn(t testing.TB, manual string) (script, call string) {
	t.Helper()
	found := shell.FindAllStringSubmatch(read(t, "../../docs/"+manual), -1)
	if len(found) != 3 {
		t.Fatalf("%s has %d examples in shell", manual, len(found))
	}
	return found[1][1], found[2][1]
}

// An engineer does what the manual says, on a real server.
func TestTheManualsFirstMessage(t *testing.T) {
	t.Parallel()
	for _, manual := range []string{"integration.md", "integration.ru.md"} {
		t.Run(manual, func(t *testing.T) {
			script, call := manualOn(t, manual)
			v := withVisits(t)
			v.env = []string{"CARELINE_MIS_SECRET=" + misSecret}
			s := serving(t, v.dir, v.env...)
			s.start()
			v.books("v-1", "4711", -time.Minute)
			write(t, filepath.Join(v.dir, "tell"), script)
			tell := func(secret string) string {
				cmd := exec.Command("sh", "-c", call)
				cmd.Dir = v.dir
				cmd.Env = append(os.Environ(), "CARELINE=http://"+s.address, "CARELINE_MIS_SECRET="+secret)
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Errorf("%s: %v", out, err)
				}
				return string(out)
			}
			if got := tell(misSecret); got != "{\"result\":\"done\"}\n" {
				t.Errorf("the first message is answered with %s", got)
			}
			if status, _ := v.status("v-1"); status != store.StatusArrived {
				t.Errorf("the visit is %s", status)
			}
			if got := tell(misSecret); got != "{\"result\":\"unchanged\"}\n" {
				t.Errorf("the next one is answered with %s", got)
			}
			call = strings.Replace(call, "visit.arrived", "visit.fulfilled", 1)
			if got := tell(misSecret); got != "{\"result\":\"done\"}\n" {
				t.Errorf("the patient was seen: %s", got)
			}
			if status, plans := v.status("v-1"); status != store.StatusFulfilled || plans == 0 {
				t.Errorf("the visit is %s, with %d plans", status, plans)
			}
			if got := tell("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"); !strings.Contains(got, `"code":"signature"`) {
				t.Errorf("with another secret: %s", got)
			}
			if code, body := s.get("/metrics"); code != http.StatusOK || !strings.Contains(body, `careline_events_total{result="done",type="visit.arrived"} 1`) {
				t.Errorf("not counted: %d", code)
			}
			s.stop()
		})
	}
}

func TestWithoutASecretThereIsNoEndpoint(t *testing.T) {
	t.Parallel()
	s := serving(t, newClinic(t))
	s.start()
	answer, err := http.Post("http://"+s.address+"/api/v1/events", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusNotFound {
		t.Errorf("answered with %d", answer.StatusCode)
	}
	s.stop()
}
