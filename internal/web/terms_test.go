package web_test

import (
	"strings"
	"testing"
)

func TestTermsAreToldInWords(t *testing.T) {
	doc := parse(t, get(t, site(t), "/zh/agreements/energy-2025-03").Body.String())
	terms := ""
	for _, l := range classed(doc, "terms") {
		terms += words(l)
	}
	for _, code := range []string{"denounce", "mutual", "Europe/Moscow"} {
		if strings.Contains(terms, code) {
			t.Errorf("%q stands among the terms as a code", code)
		}
	}
	for _, said := range []string{"退出协议", "莫斯科时间", "经各方同意：俄罗斯、乌克兰", "何时 the other side breaks it"} {
		if !strings.Contains(terms, said) {
			t.Errorf("%q is not among the terms:\n%s", said, terms)
		}
	}
}
