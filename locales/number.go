package locales

import (
	"strconv"
	"strings"
	"time"
)

// Number with at most two digits of fraction: «1 200», «36,6». The space does not break.
func (f *Format) Number(n float64) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(n, 'f', 2, 64), ".")
	whole, negative := strings.CutPrefix(whole, "-")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + f.group + whole[i:]
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += f.decimal + fraction
	}
	if negative && whole != "0" {
		return "−" + whole
	}
	return whole
}

var signs = map[string]string{"RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "KZT": "₸", "BYN": "Br", "UAH": "₴", "GEL": "₾", "AMD": "֏", "UZS": "soʻm"}

// Money in the currency's hundredths: «1 500 ₽», «от 1 500 ₽», «1 500–3 000 ₽», «бесплатно». A currency
// without a sign is written by its code.
func (f *Format) Money(amount, upto int64, currency string, from bool) string {
	switch {
	case upto > amount && amount > 0:
		return f.priced(f.Phrase("range", "from", f.hundredths(amount), "upto", f.hundredths(upto)), currency)
	case upto > amount:
		return f.Phrase("upto", "amount", f.priced(f.hundredths(upto), currency))
	case amount == 0:
		return f.Phrase("free")
	case from:
		return f.Phrase("from", "amount", f.priced(f.hundredths(amount), currency))
	}
	return f.priced(f.hundredths(amount), currency)
}

// hundredths shows kopecks only when there are some, and then both digits: «1 500», «99,90».
func (f *Format) hundredths(amount int64) string {
	whole := f.Number(float64(amount / 100))
	if rest := amount % 100; rest != 0 {
		return whole + f.decimal + strconv.Itoa(int(rest/10)) + strconv.Itoa(int(rest%10))
	}
	return whole
}

func (f *Format) priced(amount, currency string) string {
	sign := signs[currency]
	switch sign {
	case "":
		return f.Phrase("money", "amount", amount, "symbol", currency)
	case "$", "€", "£":
		return f.Phrase("money_sign", "amount", amount, "symbol", sign)
	}
	return f.Phrase("money", "amount", amount, "symbol", sign)
}

// Duration is told in minutes, rounded up: «15 минут», «2 ч», «1 ч 30 мин», «7 дней», «1 день 12 ч». Hours are
// abbreviated in Russian because a text may need any case of them: «в течение 2 ч».
func (f *Format) Duration(d time.Duration) string {
	all := int((d + time.Minute - 1) / time.Minute)
	days, hours, minutes := all/(24*60), all/60%24, all%60
	switch {
	case days > 0 && hours == 0:
		return f.counted("days", days)
	case days > 0:
		return f.counted("days", days) + " " + f.counted("hours", hours)
	case hours > 0 && minutes == 0:
		return f.counted("hours", hours)
	case hours > 0:
		return f.Phrase("hours_minutes", "hours", strconv.Itoa(hours), "minutes", strconv.Itoa(minutes))
	}
	return f.counted("minutes", minutes)
}
