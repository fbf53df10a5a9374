package dialogs

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"careline/channels"
	"careline/dialogs/words"
)

// field is a value inside a record.
type field struct {
	name string
	typ  Type
	at   int // index of the struct's field
}

var recordTypes = map[Kind]reflect.Type{
	PatientKind: reflect.TypeFor[Patient](), ContactKind: reflect.TypeFor[Contact](), ServiceKind: reflect.TypeFor[Service](),
	PractitionerKind: reflect.TypeFor[Practitioner](), BranchKind: reflect.TypeFor[Branch](), SlotKind: reflect.TypeFor[Slot](),
	VisitKind: reflect.TypeFor[Visit](), OfferKind: reflect.TypeFor[Offer](), WaitingKind: reflect.TypeFor[Waiting](),
	CourseStepKind: reflect.TypeFor[CourseStep](), FlagKind: reflect.TypeFor[Flag](), GroupKind: reflect.TypeFor[Group](),
	PriceKind: reflect.TypeFor[Price](), ClinicKind: reflect.TypeFor[Clinic](), DeskKind: reflect.TypeFor[Desk](),
	ReviewKind: reflect.TypeFor[Review](), ConsentKind: reflect.TypeFor[ConsentDocument](), PartKind: reflect.TypeFor[Part](),
}

// records are the fields of all records, read from their tags once.
var records = sync.OnceValue(func() map[Kind][]field {
	all := make(map[Kind][]field, len(recordTypes))
	for kind, t := range recordTypes {
		for i := range t.NumField() {
			f := t.Field(i)
			if name := f.Tag.Get("expr"); name != "" && name != "-" {
				all[kind] = append(all[kind], field{name: name, typ: typeOfField(f), at: i})
			}
		}
	}
	return all
})

func typeOfField(f reflect.StructField) Type {
	if s := f.Tag.Get("type"); s != "" {
		t, err := ParseType(s)
		if err != nil {
			panic(fmt.Sprintf("field %s: %v", f.Name, err))
		}
		return t
	}
	return typeOfGo(f.Type)
}

func typeOfGo(t reflect.Type) Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[time.Duration]():
		return Type{Kind: Duration}
	case reflect.TypeFor[MomentValue]():
		return Type{Kind: Moment}
	case reflect.TypeFor[MoneyValue]():
		return Type{Kind: Money}
	case reflect.TypeFor[channels.File]():
		return Type{Kind: File}
	case reflect.TypeFor[channels.Place]():
		return Type{Kind: Place}
	}
	switch t.Kind() {
	case reflect.String:
		return Type{Kind: Text}
	case reflect.Bool:
		return Type{Kind: YesNo}
	case reflect.Float64, reflect.Int, reflect.Int64:
		return Type{Kind: Number}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.String {
			return Type{Kind: Several}
		}
		elem := typeOfGo(t.Elem())
		return Type{Kind: ListKind, Elem: &elem}
	}
	for kind, record := range recordTypes {
		if record == t {
			return Type{Kind: kind}
		}
	}
	panic("no script type for " + t.String())
}

// FieldNames are the fields that scripts see of a record, in the order of records.go.
func FieldNames(k Kind) []string {
	fs := records()[k]
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.name
	}
	return names
}

func fieldOf(k Kind, name string) (field, bool) {
	fs := records()[k]
	i := slices.IndexFunc(fs, func(f field) bool { return f.name == name })
	if i < 0 {
		return field{}, false
	}
	return fs[i], true
}

// read takes the field out of a record, as the Go type of its kind; nil when it is empty.
func (f field) read(record any) any {
	v := reflect.ValueOf(record)
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct || f.at >= v.NumField() {
		return nil
	}
	return plain(v.Field(f.at), f.typ.Kind)
}

// plain is the value of a struct's field or a slice's element as Value of Env would give it.
func plain(v reflect.Value, k Kind) any {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		if k == Moment || k == Money || k == YesNo {
			v = v.Elem()
		}
	}
	switch {
	case v.Kind() == reflect.String:
		switch {
		case v.Len() == 0:
			return nil
		case k == Date:
			return words.Date(v.String())
		}
		return v.String()
	case k == Number && v.CanInt():
		return float64(v.Int())
	case k == Duration && v.Int() == 0: // a service that calls nobody back
		return nil
	case k == Moment:
		if m := v.Interface().(MomentValue); !m.At.IsZero() {
			return m
		}
		return nil
	case v.Kind() == reflect.Struct && k != Money && v.CanAddr():
		return v.Addr().Interface()
	}
	return v.Interface()
}

// ReadField is the value that a script's path reads from a record; nil when it is empty or unknown.
func ReadField(record any, name string) any {
	var memory map[string]any
	switch r := record.(type) {
	case *Patient:
		if r == nil {
			return nil
		}
		memory = r.Memory
	case *Contact:
		if r == nil {
			return nil
		}
		memory = r.Memory
	}
	if f, ok := fieldOf(kindOf(record), name); ok {
		return f.read(record)
	}
	return memory[name]
}

func kindOf(record any) Kind {
	switch record.(type) {
	case *Patient:
		return PatientKind
	case *Contact:
		return ContactKind
	case *Service:
		return ServiceKind
	case *Practitioner:
		return PractitionerKind
	case *Branch:
		return BranchKind
	case *Slot:
		return SlotKind
	case *Visit:
		return VisitKind
	case *Offer:
		return OfferKind
	case *Waiting:
		return WaitingKind
	case *CourseStep:
		return CourseStepKind
	case *Flag:
		return FlagKind
	case *Group:
		return GroupKind
	case *Price:
		return PriceKind
	case *Review:
		return ReviewKind
	case *Clinic:
		return ClinicKind
	case *Desk:
		return DeskKind
	case *ConsentDocument:
		return ConsentKind
	case *Part:
		return PartKind
	}
	return ""
}
