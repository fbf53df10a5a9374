package locales

import "github.com/nyaruka/phonenumbers"

// Phone writes an E.164 number as its own country does: «+7 912 345-67-89», «+44 7911 123456». What is
// not such a number is returned as it is.
func Phone(e164 string) string {
	number, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	return phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
}

// IsPhone reports whether a text is a number in E.164.
func IsPhone(s string) bool {
	if len(s) < 9 || len(s) > 16 || s[0] != '+' {
		return false
	}
	for _, c := range s[1:] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
