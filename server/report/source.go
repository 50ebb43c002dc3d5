package report

import (
	"bufio"
	"context"
	"io"
)

// file builds a report and writes it. The last step of the progress is the writing.
func (s Source) file(ctx context.Context, w io.Writer, r Request, progress func(done, of int)) error {
	report, err := s.Build(ctx, r.Query, func(done, of int) { progress(done, of+1) })
	if err != nil {
		return err
	}
	return s.written(ctx, w, report, r)
}

// written writes a report that was built.
func (s Source) written(ctx context.Context, w io.Writer, report *Report, r Request) error {
	paper := Paper{}
	if s.Paper != nil {
		paper = s.Paper(r.Query, r.Lang)
	}
	paper.Lang = r.Lang
	if s.Compare != nil && len(report.By[ByBranch]) > 1 {
		var err error
		if paper.Ranked, err = s.Compare(ctx, r.Query); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(w)
	if err := Write(ctx, out, r.Format, report, paper); err != nil {
		return err
	}
	return out.Flush()
}
