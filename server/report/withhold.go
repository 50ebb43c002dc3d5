package report

// ratedRow is the ratings of one row, by its id.
type ratedRow struct {
	id string
	*Rating
}

// withhold takes away of the rows of one dimension what would tell how a few people
// rated: fewer than fewest ratings are not told at all (raters are secret, NĐ 61/2018
// Đ27), those below ranked are small. What the answers to a question of the form are
// goes by their own number.
func withhold(rows []ratedRow, fewest, ranked int) {
	for _, r := range rows {
		r.Small = r.Rated < ranked
	}
	for _, r := range hidden(rows, fewest, func(r *Rating) int { return r.Rated }) {
		r.hide(fewest)
	}
	for _, mark := range []func(r *Rating) *Mark{
		func(r *Rating) *Mark { return &r.Forms.Q1 }, func(r *Rating) *Mark { return &r.Forms.Q3 },
		func(r *Rating) *Mark { return &r.Forms.Q4 }, func(r *Rating) *Mark { return &r.Forms.Q7 }} {
		for _, r := range hidden(rows, fewest, func(r *Rating) int { return mark(r).N }) {
			*mark(r.Rating) = Mark{}
		}
	}
}

// hidden gives the rows with fewer than fewest, of those that have any. Together they
// must not be fewer than that either: the total less all others would tell them. Then
// the smallest of the others goes with them.
func hidden(rows []ratedRow, fewest int, of func(*Rating) int) []ratedRow {
	var list []ratedRow
	var next *ratedRow
	together := 0
	for i := range rows {
		n := of(rows[i].Rating)
		switch {
		case n == 0:
		case n < fewest:
			list, together = append(list, rows[i]), together+n
		case next == nil || n < of(next.Rating) || n == of(next.Rating) && rows[i].id < next.id:
			next = &rows[i]
		}
	}
	if 0 < together && together < fewest && next != nil {
		list = append(list, *next)
	}
	return list
}

// hide leaves the numbers of ratings, and nothing of what they said.
func (r *Rating) hide(fewest int) {
	r.Withheld = fewest
	r.Levels, r.Reasons = []int{}, []Named{}
	r.Points, r.Mean, r.Content = 0, 0, Share{}
	r.Low, r.High = Wilson(0, 0)
	r.Forms = Forms{N: r.Forms.N}
}

// withhold does so in a report: its total, and each dimension by itself.
func (r *Report) withhold() {
	withhold([]ratedRow{{"", &r.Total.Rating}}, r.Fewest, r.Ranked)
	for _, list := range r.By {
		rows := make([]ratedRow, len(list))
		for i := range list {
			rows[i] = ratedRow{list[i].ID, &list[i].Rating}
		}
		withhold(rows, r.Fewest, r.Ranked)
	}
}
