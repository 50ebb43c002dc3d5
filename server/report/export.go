package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"motcua/server/queue"
)

// The formats a report is written in.
const (
	FormatPDF  = "pdf"  // A4, with the letterhead and the signature block
	FormatXLSX = "xlsx" // one sheet a dimension, real dates, native charts
	FormatCSV  = "csv"  // one table, as Vietnamese Excel opens it
)

// ErrFormat is returned for a format that is none of the above.
var ErrFormat = errors.New("the format must be pdf, xlsx or csv")

// Paper is what a report needs to become a file, beside its figures.
type Paper struct {
	Lang       string                  // "vi" (also when empty) or "en"
	Letterhead queue.LetterheadSetting // of the branch that reports
	Body       string                  // who reports when the letterhead names nobody
	Levels     []string                // names of the rating levels, best first; numbered when empty
	Ranked     []Ranked                // the comparison of branches; left out when there are fewer than two
}

// Write writes a report as a file of the format. It stops with the context's error
// when that ends; what was written until then is no file.
func Write(ctx context.Context, w io.Writer, format string, r *Report, p Paper) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch format {
	case FormatPDF:
		return PDF(ctx, w, r, p)
	case FormatXLSX:
		return XLSX(ctx, w, r, p)
	case FormatCSV:
		return CSV(w, r, p)
	}
	return ErrFormat
}

// ContentType is the media type of a format.
func ContentType(format string) string {
	switch format {
	case FormatPDF:
		return "application/pdf"
	case FormatXLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// FileName names the file of a report, in letters every system can store:
// "bao-cao-2026-11-01-2026-11-30.pdf".
func FileName(q Query, format string) string {
	span := string(q.From)
	if q.To != q.From {
		span += "-" + string(q.To)
	}
	who := ""
	if len(q.Branches) == 1 {
		who = plainName(q.Branches[0]) + "-"
	}
	return fmt.Sprintf("bao-cao-%s%s.%s", who, span, format)
}

// plainName keeps what a file name may hold everywhere.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
