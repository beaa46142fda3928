package article

import (
	"strings"
	"unicode/utf8"
)

// lostDigits counts places where a unit, a scale word or a percent sign stands without its number: 获得者 名，其中;
// 达 %以上; 资金 多万元. Content systems lose digits that were set in another font.
func lostDigits(text string) (gaps, numbers int) {
	if !strings.Contains(text, " ") && !strings.Contains(text, "%") && !strings.Contains(text, "余") && !strings.Contains(text, "多万") {
		return 0, 1
	}
	r := []rune(text)
	for i, c := range r {
		if digit(c) && (i == 0 || !digit(r[i-1])) {
			numbers++
		}
		if i == 0 || !han(r[i-1]) && !strings.ContainsRune("、，近约达占 ", r[i-1]) {
			continue
		}
		switch {
		case c == '%' || c == '％':
			gaps++
		case r[i-1] == ' ' && i > 1 && (han(r[i-2]) || strings.ContainsRune("、，；。", r[i-2])) && strings.ContainsRune("名户戶个個余餘多万萬亿億元支期份场場亩畝家项項次人", c):
			if hasPrefix(string(r[i:min(i+4, len(r))]), lostUnits) {
				gaps++
			}
		case strings.ContainsRune("余多", c) && i+1 < len(r) && strings.ContainsRune("万亿元户名亩个家", r[i+1]) && !numeral(r[i-1]) && r[i-1] != ' ' && (c == '余' || strings.ContainsRune("万亿", r[i+1]) && !strings.ContainsRune("许很更众最", r[i-1])):
			gaps++
		}
	}
	return gaps, numbers
}

// lostUnits are what stands behind a lost number: a measure word, not the first character of a name.
var lostUnits = []string{"名", "户", "戶", "个", "個", "余", "餘", "多万", "多元", "多名", "多户", "万元", "萬元", "万余", "万多", "万亩", "万份", "万人", "亿元", "億元", "元", "支", "期", "份", "场", "場", "亩", "畝", "家，", "家、", "家。", "项，", "项、", "项。", "次，", "次。", "人"}

func numeral(r rune) bool {
	return digit(r) || strings.ContainsRune("〇零一二三四五六七八九十百千万亿两几数半上", r)
}

// digitsLost reports a text whose numbers are gone: several units without one, and more of them than numbers.
func digitsLost(text string) (gaps int, lost bool) {
	if utf8.RuneCountInString(text) > 200_000 {
		return 0, false
	}
	gaps, numbers := lostDigits(text)
	return gaps, gaps >= 3 && gaps > numbers
}
