package words

import (
	"strings"
	"sync"
)

// cardinals are the number words in all their cases.
var cardinals = sync.OnceValue(func() map[string]int {
	return table([]row[int]{
		{0, "ноль нуль ноля нуля zero"},
		{1, "один одна одно одну одного одной раз one"},
		{2, "два две двух двум пара пару пары two couple"},
		{3, "три трех трем three"},
		{4, "четыре четырех четырем four"},
		{5, "пять пяти five"},
		{6, "шесть шести six"},
		{7, "семь семи seven"},
		{8, "восемь восьми eight"},
		{9, "девять девяти nine"},
		{10, "десять десяти ten"},
		{11, "одиннадцать одинадцать одиннадцати одинадцати eleven"},
		{12, "двенадцать двенадцати twelve"},
		{13, "тринадцать тринадцати thirteen"},
		{14, "четырнадцать четырнадцати fourteen"},
		{15, "пятнадцать пятнадцати fifteen"},
		{16, "шестнадцать шестнадцати sixteen"},
		{17, "семнадцать семнадцати seventeen"},
		{18, "восемнадцать восемнадцати eighteen"},
		{19, "девятнадцать девятнадцати nineteen"},
		{20, "двадцать двадцати twenty"},
		{30, "тридцать тридцати thirty"},
		{40, "сорок сорока forty"},
		{50, "пятьдесят пятидесяти fifty"},
		{60, "шестьдесят шестидесяти sixty"},
		{70, "семьдесят семидесяти seventy"},
		{80, "восемьдесят восьмидесяти eighty"},
		{90, "девяносто девяноста ninety"},
		{100, "сто ста hundred"},
		{200, "двести двухсот"},
		{300, "триста трехсот"},
		{400, "четыреста"},
		{500, "пятьсот"},
		{600, "шестьсот"},
		{700, "семьсот"},
		{800, "восемьсот"},
		{900, "девятьсот"},
		{1000, "тысяча тысячу тысячи тысяч thousand"},
	})
})

// ordinals are «первый», «второго», "third" … up to 31 without the compound ones.
var ordinals = sync.OnceValue(func() map[string]int {
	m := table([]row[int]{
		{1, "first 1st"}, {2, "second"}, {3, "third"}, {4, "fourth"}, {5, "fifth"}, {6, "sixth"},
		{7, "seventh"}, {8, "eighth"}, {9, "ninth"}, {10, "tenth"}, {11, "eleventh"}, {12, "twelfth"},
		{13, "thirteenth"}, {14, "fourteenth"}, {15, "fifteenth"}, {16, "sixteenth"}, {17, "seventeenth"},
		{18, "eighteenth"}, {19, "nineteenth"}, {20, "twentieth"}, {30, "thirtieth"},
		{21, "twenty-first"}, {22, "twenty-second"}, {23, "twenty-third"}, {24, "twenty-fourth"}, {25, "twenty-fifth"},
		{26, "twenty-sixth"}, {27, "twenty-seventh"}, {28, "twenty-eighth"}, {29, "twenty-ninth"}, {31, "thirty-first"},
		{3, "третий третье третья третьего третьему третьим третьем третьей третью"},
	})
	for stem, n := range table([]row[int]{
		{1, "перв"}, {2, "втор"}, {4, "четверт"}, {5, "пят"}, {6, "шест"}, {7, "седьм"}, {8, "восьм"},
		{9, "девят"}, {10, "десят"}, {11, "одиннадцат одинадцат"}, {12, "двенадцат"}, {13, "тринадцат"},
		{14, "четырнадцат"}, {15, "пятнадцат"}, {16, "шестнадцат"}, {17, "семнадцат"}, {18, "восемнадцат"},
		{19, "девятнадцат"}, {20, "двадцат"}, {30, "тридцат"},
	}) {
		for ending := range strings.FieldsSeq("ый ой ое ая ого ому ым ом ую") {
			m[stem+ending] = n
		}
	}
	return m
})

// spoken reads number words from the front: «двадцать пять», «сто двадцать», «две тысячи». It returns how
// many tokens it took; 0 = none.
func spoken(toks []token) (n, used int) {
	total, last := 0, 0
	for _, t := range toks {
		v, ok := cardinals()[t.text]
		switch {
		case !ok:
			return total, used
		case used == 0:
			total = v
		case (v == 1000 || v == 100) && total > 0 && total < v:
			total *= v
		case v < last && last >= 20 && v > 0 && !(last < 100 && v > 9):
			total += v
		default:
			return total, used
		}
		last, used = v, used+1
	}
	return total, used
}
