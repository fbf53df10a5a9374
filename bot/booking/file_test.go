package booking

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestTheSchemaTakesTheSampleAndRefusesMistakes(t *testing.T) {
	b, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("clinic.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("clinic.json")
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := os.ReadFile("../../dialogs/clinic/" + File)
	if err != nil {
		t.Fatal(err)
	}
	text := string(shipped)
	if err := schema.Validate(plain(t, text)); err != nil {
		t.Errorf("the sample: %v", err)
	}
	for _, mistake := range []string{"durations: 30m", "duration: soon", "price: cheap", "order: sometimes"} {
		if schema.Validate(plain(t, strings.Replace(text, "    duration: 30m\n    price: from 900\n", "    "+mistake+"\n", 1))) == nil {
			t.Errorf("the schema takes %q", mistake)
		}
	}
}

func plain(t *testing.T, text string) any {
	t.Helper()
	j, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(j, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
