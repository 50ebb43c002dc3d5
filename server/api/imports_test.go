package api_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"net/http"
	"strings"
	"testing"
	"time"

	"motcua/server/sheet"
)

const importsPath = "/api/v1/catalogue/imports"

// list makes an XLSX file of procedures; a cell may be nil.
func list(t testing.TB, rows ...[]any) string {
	t.Helper()
	var b bytes.Buffer
	must(t, sheet.Write(&b, sheet.Table{Name: "Danh mục", Headings: []sheet.Heading{{Name: "Mã TTHC", Text: true}, {Name: "Tên TTHC"}, {Name: "Lĩnh vực"},
		{Name: "Thời hạn giải quyết"}, {Name: "Phí, lệ phí"}}, Rows: rows}))
	return b.String()
}

func row(code, name string) []any {
	return []any{code, name, "Hộ tịch", "3 ngày làm việc", "8.000 đồng"}
}

// A dry run tells, applying does, undoing takes back; a doubled undo hurts nobody.
func TestImportApplyUndo(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	file := list(t, row("1.000001", "Đăng ký khai sinh"), row("1.000002", "Đăng ký kết hôn"))
	path := importsPath + "?file=danh+muc.xlsx&decision=12/QĐ-UBND&effective=2026-11-01"
	a := h.post(path+"&dry=1", "demo-admin", file)
	if a.status != 200 || a.body["added"] != 2.0 || a.body["version"] != nil {
		t.Fatalf("dry: %d %s", a.status, a.raw)
	}
	if a = h.post(path, "demo-admin", file); a.status != 201 || a.body["version"] != 1.0 {
		t.Fatalf("apply: %d %s", a.status, a.raw)
	}
	if a = h.post(path, "demo-admin", file); a.status != 200 || a.body["unchanged"] != 2.0 {
		t.Errorf("again: %d %s", a.status, a.raw)
	}
	more := list(t, row("1.000001", "Đăng ký khai sinh lưu động"))
	if a = h.post(importsPath+"?file=b.xlsx&complete=1", "demo-admin", more); a.status != 201 || a.body["changed"] != 1.0 || a.body["withdrawn"] != 1.0 {
		t.Errorf("complete: %d %s", a.status, a.raw)
	}
	versions := h.get(importsPath, "demo-admin").body["items"].([]any)
	if len(versions) != 2 || versions[1].(object)["decision"] != "12/QĐ-UBND" || versions[1].(object)["effective"] != "2026-11-01" {
		t.Errorf("versions: %v", versions)
	}
	if a = h.post(importsPath+"/undo", "demo-admin", `{"version":2}`); a.status != 200 || a.body["undone"] != true {
		t.Errorf("undo: %d %s", a.status, a.raw)
	}
	expect(t, h.post(importsPath+"/undo", "demo-admin", `{"version":2}`), 409, "no_import_to_undo")
	if a = h.get("/api/v1/procedures/1.000001/raw", "demo-admin"); !strings.Contains(a.text("raw"), "Đăng ký khai sinh") || strings.Contains(a.text("raw"), "lưu động") {
		t.Errorf("raw: %s", a.raw)
	}
	if a = h.post(importsPath+"/undo", "demo-admin", `{}`); a.status != 200 {
		t.Errorf("undo without a version: %d %s", a.status, a.raw)
	}
	expect(t, h.post(importsPath+"/undo", "demo-admin", ``), 409, "no_import_to_undo")
}

// An answer that got lost is given again; nothing is imported or undone twice.
func TestImportRepeated(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	path, file := importsPath+"?file=a.xlsx", list(t, row("1.000001", "Đăng ký khai sinh"))
	send := func(path, key, body string) answer {
		return h.post(path, "demo-admin", body, "Idempotency-Key", key)
	}
	expect(t, send(path, "", file), 400, "idempotency_key_missing")
	expect(t, send(importsPath+"/undo", "", "{}"), 400, "idempotency_key_missing")
	one := send(path, "one", file)
	if again := send(path, "one", file); one.status != 201 || again.status != 200 || again.raw != one.raw {
		t.Errorf("%d %s, then %d %s", one.status, one.raw, again.status, again.raw)
	}
	expect(t, send(path, "one", list(t, row("1.000002", "Khác"))), 422, "idempotency_key_reused")
	expect(t, send(path+"&complete=1", "one", file), 422, "idempotency_key_reused")
	if a := send(path, "two", list(t, row("1.000001", "Tên mới"))); a.status != 201 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	undone := send(importsPath+"/undo", "three", "{}")
	if again := send(importsPath+"/undo", "three", "{}"); undone.status != 200 || again.raw != undone.raw {
		t.Errorf("%d %s, then %d %s", undone.status, undone.raw, again.status, again.raw)
	}
	expect(t, send(importsPath+"/undo", "three", `{"version":1}`), 422, "idempotency_key_reused")
	if left := h.get("/api/v1/procedures/1.000001/raw", "demo-admin"); left.status != 200 {
		t.Errorf("undone twice: %s", left.raw)
	}
	broken := list(t, row("1.0002", "Tên"))
	expect(t, send(path, "four", broken), 422, "import_failed")
	if a := send(path, "four", file); a.status != 200 { // a refusal is not remembered
		t.Errorf("%d %s", a.status, a.raw)
	}
}

// A broken file changes nothing; each mistake is told by its cell in both languages.
func TestImportFailed(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	broken := list(t, row("1.000001", "Tên"), row("1.0002", "Tên khác"), []any{"1.000003", nil, "Hộ tịch"})
	a := h.post(importsPath+"?file=a.xlsx", "demo-admin", broken)
	expect(t, a, 422, "import_failed")
	problems := a.body["plan"].(object)["problems"].([]any)
	said := fmt.Sprint(problems)
	for _, want := range []string{"Dòng 3, cột A", "Row 3, column A", "1.000200", "Dòng 4, cột B", "Thiếu tên thủ tục"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not told in %s", want, said)
		}
	}
	if a = h.post(importsPath+"?file=a.xlsx&dry=1", "demo-admin", broken); a.status != 200 || a.body["errors"] == 0.0 {
		t.Errorf("dry: %d %s", a.status, a.raw)
	}
	expect(t, h.post(importsPath+"?file=a.docx", "demo-admin", "x"), 422, "import_kind")
	expect(t, h.post(importsPath, "demo-admin", "x"), 400, "bad_parameter")
	expect(t, h.post(importsPath+"?file=a.csv&effective=1/7/2026", "demo-admin", "x"), 400, "bad_parameter")
	expect(t, h.post(importsPath+"?file=a.csv&dry=2", "demo-admin", "x"), 400, "bad_parameter")
	for _, key := range []string{"demo-kiosk", "demo-desk", "demo-display"} {
		expect(t, h.post(importsPath+"?file=a.csv", key, "x"), 403, "forbidden")
		expect(t, h.get(importsPath, key), 403, "forbidden")
	}
	expect(t, h.post(importsPath+"?file=a.csv", "", "x"), 401, "unauthorized")
	if items := h.get(importsPath, "demo-admin").body["items"].([]any); len(items) != 0 {
		t.Errorf("something was imported: %v", items)
	}
}

// Who looks on sees how far a long import is, and that a second one has to wait. An
// import that was over before we looked is tried again, longer.
func TestImportProgress(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	for records, try := 1500, 0; ; records, try = records*2, try+1 {
		if h.watchImport(records) {
			return
		}
		if try == 4 {
			t.Fatalf("nobody saw an import of %d records while it went on", records)
		}
	}
}

// watchImport imports records and looks on; false when it was over too soon.
func (h *hall) watchImport(records int) (seen bool) {
	t := h.t
	t.Helper()
	var lines strings.Builder
	for i := range records {
		fmt.Fprintf(&lines, `{"code":"1.%06d","name":"Thủ tục %d"}`+"\n", i, records)
	}
	done := make(chan int, 1)
	go func() {
		r, _ := http.NewRequest("POST", h.url+importsPath+"?file=a.jsonl", strings.NewReader(lines.String()))
		r.Header.Set("Authorization", "Bearer demo-admin")
		r.Header.Set("Idempotency-Key", fmt.Sprint("long-", records))
		res, err := new(http.Client).Do(r) // as patient as the page
		if err != nil {
			done <- 0
			return
		}
		res.Body.Close()
		done <- res.StatusCode
	}()
	for {
		select {
		case status := <-done:
			if status != 201 {
				t.Errorf("the import: %d", status)
			}
			if p := h.get(importsPath+"/progress", "demo-admin"); p.body["running"] != false {
				t.Errorf("still running: %s", p.raw)
			}
			return seen
		default:
		}
		p := h.get(importsPath+"/progress", "demo-admin")
		if n, _ := p.body["records"].(float64); p.body["running"] == true && n > 0 {
			if n > float64(records) {
				t.Errorf("%v records of %d", n, records)
			}
			// Neither changes anything, should the import be over by now.
			second := h.post(importsPath+"?file=b.jsonl&dry=1", "demo-admin", `{"code":"1.000001","name":"Một"}`)
			undo := h.post(importsPath+"/undo", "demo-admin", `{"version":999999}`)
			seen = seen || second.code() == "import_running" && undo.code() == "import_running"
		}
		time.Sleep(5 * time.Millisecond) // between two looks, as a page does
	}
}

// zipped makes the skeleton of an XLSX file whose sheet has this content, and says
// that it has some size.
func zipped(t testing.TB, content []byte, says uint64) string {
	t.Helper()
	var b, packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	must(t, err)
	w.Write(content)
	must(t, w.Close())
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"xl/workbook.xml":            `<workbook xmlns:r="http://r"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
	} {
		part, err := z.Create(name)
		must(t, err)
		fmt.Fprint(part, text)
	}
	part, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(content),
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: says})
	must(t, err)
	part.Write(packed.Bytes())
	must(t, z.Close())
	return b.String()
}

// A small file that unpacks to a huge one is refused with a sentence, in little memory.
func TestImportBombs(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	// What the container says of a part's size decides; a part that says too little is damaged.
	declared := zipped(t, bytes.Repeat([]byte("x"), 1<<10), sheet.MaxUnzipped+1)
	lying := zipped(t, append([]byte("<worksheet><sheetData><row><c t=\"str\"><v>"), make([]byte, 48<<20)...), 1<<10)
	var packed bytes.Buffer
	g := gzip.NewWriter(&packed)
	for range 64 {
		g.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	must(t, g.Close())
	const large = "Không đọc được tệp: tệp hoặc một ô lớn hơn mức cho phép."
	for name, bomb := range map[string]struct{ content, says string }{"a.xlsx": {declared, large}, "b.jsonl.gz": {packed.String(), large},
		"c.xlsx": {lying, "Không đọc được tệp"}} {
		before := heap()
		a := h.post(importsPath+"?dry=1&file="+name, "demo-admin", bomb.content)
		if a.status != 200 || a.body["errors"] != 1.0 || !strings.Contains(a.raw, bomb.says) {
			t.Errorf("%s of %d bytes: %d %.300s", name, len(bomb.content), a.status, a.raw)
		}
		if grown := int64(heap()) - int64(before); grown > 64<<20 {
			t.Errorf("%s: the heap grew by %d MiB", name, grown>>20)
		}
	}
}

// What the hall knows of a procedure is checked part by part, and stays through imports.
func TestOwnOfAProcedure(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	path := "/api/v1/procedures/1.000001/own"
	expect(t, h.get(path, "demo-admin"), 404, "unknown_procedure")
	expect(t, h.send(http.MethodPut, path, "demo-admin", `{"on_the_spot":true}`), 404, "unknown_procedure")
	h.post(importsPath+"?file=a.xlsx", "demo-admin", list(t, row("1.000001", "Đăng ký khai sinh")))
	if a := h.get(path, "demo-admin"); a.status != 200 || a.text("code") != "1.000001" {
		t.Errorf("%d %s", a.status, a.raw)
	}
	for body, part := range map[string]string{`{"fee":"5.000 đồng"}`: "resolution", `{"online":"some"}`: "online", `{"online_url":"http://a.vn"}`: "online_url",
		`{"fee_from":"1/7/2026"}`: "fee_from", `{"late":{"from":"25:00","text":{"vi":"x"}}}`: "late", `{"promise":{"unit":"years","amount":1}}`: "promise",
		`{"forms":{"Tờ khai":"ftp://x"}}`: "forms", `{"code":"1.000002"}`: "code"} {
		if a := h.send(http.MethodPut, path, "demo-admin", body); a.code() != "bad_parameter" || a.text("detail") != part {
			t.Errorf("%s: %d %s, want %s", body, a.status, a.raw, part)
		}
	}
	expect(t, h.send(http.MethodPut, path, "demo-desk", `{}`), 403, "forbidden")
	expect(t, h.send(http.MethodPut, path, "demo-admin", `{"late":{"from":"15:00","text":{"vi":"x"},"name":"x"}}`), 400, "bad_json")
	own := `{"fee":"5.000 đồng","resolution":"NQ 01/2026/NQ-HĐND","fee_from":"2026-07-01","words":["giấy khai sinh"],"forms":{"Tờ khai":"https://a.vn/t"}}`
	if a := h.send(http.MethodPut, path, "demo-admin", own); a.status != 200 || a.text("fee") != "5.000 đồng" {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	h.post(importsPath+"?file=b.xlsx", "demo-admin", list(t, row("1.000001", "Đăng ký khai sinh mới")))
	if a := h.get(path, "demo-admin"); a.text("resolution") != "NQ 01/2026/NQ-HĐND" {
		t.Errorf("after an import: %s", a.raw)
	}
	if a := h.get("/api/v1/catalogue/stale?days=1", "demo-admin"); a.status != 200 || a.body["total"] != 0.0 {
		t.Errorf("stale: %s", a.raw)
	}
	if a := h.get("/api/v1/catalogue/posting?here=1&field=H%E1%BB%99+t%E1%BB%8Bch&field=x", "demo-desk"); a.status != 200 || a.body["hall"] == nil {
		t.Errorf("posting: %s", a.raw)
	}
	expect(t, h.get("/api/v1/catalogue/posting?here=2", "demo-desk"), 400, "bad_parameter")
	if a := h.get(importsPath+"/template.xlsx", "demo-admin"); a.status != 200 || !strings.HasPrefix(a.raw, "PK") {
		t.Errorf("template: %d", a.status)
	}
}
