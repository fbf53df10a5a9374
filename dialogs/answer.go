package dialogs

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"careline/channels"
	"careline/dialogs/words"
)

// NewAnswer wraps a value for storing.
func NewAnswer(value any) *Answer { return &Answer{value: value} }

// Value decodes the answer as t, once, with the clinic's own records out of c. It is not safe for concurrent use: a
// conversation has one reader.
func (a *Answer) Value(t Type, c Catalog) (any, error) {
	if a == nil {
		return nil, nil
	}
	if a.value == nil && len(a.raw) > 0 {
		value, err := DecodeValue(a.raw, t)
		if err != nil {
			return nil, err
		}
		Complete(value, c)
		a.value = value
	}
	return a.value, nil
}

// MarshalJSON writes the value, or what was read when nobody looked at it.
func (a *Answer) MarshalJSON() ([]byte, error) {
	if len(a.raw) > 0 {
		return a.raw, nil
	}
	return json.Marshal(a.value)
}

// UnmarshalJSON keeps the JSON for later.
func (a *Answer) UnmarshalJSON(b []byte) error {
	a.raw, a.value = append(a.raw[:0], b...), nil
	return nil
}

// DecodeValue reads what json.Marshal wrote of a value of the type. `null` is nil.
func DecodeValue(raw []byte, t Type) (any, error) {
	if string(raw) == "null" {
		return nil, nil
	}
	if t.Kind == ListKind {
		return decodeList(raw, t.elem())
	}
	target, ok := goTypes[t.Kind]
	if !ok {
		return nil, fmt.Errorf("decoding a value: no Go type for kind %q", t.Kind)
	}
	v := reflect.New(target)
	if err := json.Unmarshal(raw, v.Interface()); err != nil {
		return nil, fmt.Errorf("decoding a value of kind %s: %w", t.Kind, withoutContent(err))
	}
	return v.Elem().Interface(), nil
}

// withoutContent drops the value itself from an error: it may be about a patient.
func withoutContent(err error) error {
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		return fmt.Errorf("%s at byte %d cannot be %s", wrong.Field, wrong.Offset, wrong.Type)
	}
	return errors.New("not the JSON of one")
}

func decodeList(raw []byte, elem Type) (any, error) {
	var pieces []json.RawMessage
	if err := json.Unmarshal(raw, &pieces); err != nil {
		return nil, fmt.Errorf("decoding a list: %w", withoutContent(err))
	}
	list := make([]any, len(pieces))
	for i, piece := range pieces {
		value, err := DecodeValue(piece, elem)
		if err != nil {
			return nil, err
		}
		list[i] = value
	}
	return list, nil
}

// goTypes are the types that stand behind kinds; see types.go.
var goTypes = map[Kind]reflect.Type{
	Text: reflect.TypeFor[string](), Word: reflect.TypeFor[string](), Phone: reflect.TypeFor[string](),
	Email: reflect.TypeFor[string](), Name: reflect.TypeFor[string](), Several: reflect.TypeFor[[]string](),
	Number: reflect.TypeFor[float64](), Rating: reflect.TypeFor[float64](), YesNo: reflect.TypeFor[bool](),
	Date: reflect.TypeFor[words.Date](), Time: reflect.TypeFor[words.Clock](), Period: reflect.TypeFor[*words.Period](),
	Moment: reflect.TypeFor[MomentValue](), Duration: reflect.TypeFor[time.Duration](), Money: reflect.TypeFor[MoneyValue](),
	Story: reflect.TypeFor[*StoryValue](), Photo: reflect.TypeFor[*channels.File](), File: reflect.TypeFor[*channels.File](),
	Calendar: reflect.TypeFor[*channels.File](), Place: reflect.TypeFor[*channels.Place](),
	PatientKind: reflect.TypeFor[*Patient](), ContactKind: reflect.TypeFor[*Contact](), ServiceKind: reflect.TypeFor[*Service](),
	PractitionerKind: reflect.TypeFor[*Practitioner](), BranchKind: reflect.TypeFor[*Branch](), SlotKind: reflect.TypeFor[*Slot](),
	VisitKind: reflect.TypeFor[*Visit](), OfferKind: reflect.TypeFor[*Offer](), WaitingKind: reflect.TypeFor[*Waiting](),
	CourseStepKind: reflect.TypeFor[*CourseStep](), FlagKind: reflect.TypeFor[*Flag](), GroupKind: reflect.TypeFor[*Group](),
	PriceKind: reflect.TypeFor[*Price](), ClinicKind: reflect.TypeFor[*Clinic](), DeskKind: reflect.TypeFor[*Desk](),
	ReviewKind: reflect.TypeFor[*Review](), ConsentKind: reflect.TypeFor[*ConsentDocument](), PartKind: reflect.TypeFor[*Part](),
}
