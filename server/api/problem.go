package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/feed"
	"motcua/server/queue"
)

// Codes of refusals that only the edge knows.
const (
	codeUnauthorized     queue.Code = "unauthorized"
	codeForbidden        queue.Code = "forbidden"
	codeOriginRefused    queue.Code = "origin_refused"
	codeKeyMissing       queue.Code = "idempotency_key_missing"
	codeBadJSON          queue.Code = "bad_json"
	codeUnknownField     queue.Code = "unknown_field"
	codeTooLarge         queue.Code = "body_too_large"
	codeTooMany          queue.Code = "too_many_requests"
	codeNotFound         queue.Code = "not_found"
	codeMethod           queue.Code = "method_not_allowed"
	codeUpgrade          queue.Code = "upgrade_required"
	codeUnknownProcedure queue.Code = "unknown_procedure"
	codeUnknownDossier   queue.Code = "unknown_dossier"
	codeUnknownKey       queue.Code = "unknown_key"
	codeUnknownPairing   queue.Code = "unknown_pairing"
	codeUnknownPass      queue.Code = "unknown_pass"
	codePassUsed         queue.Code = "pass_used"
	codeUnknownDevice    queue.Code = "unknown_device"
	codeUnknownWords     queue.Code = "unknown_suggestion"
	codeBoxClosed        queue.Code = "box_closed"
	codeMediaKind        queue.Code = "media_kind"
	codeMediaUsed        queue.Code = "media_in_use"
	codeLastAdmin        queue.Code = "last_admin"
	codeMediaMany        queue.Code = "too_many_media"
	codeNoPrinter        queue.Code = "no_printer"
	codePrinterNotReady  queue.Code = "printer_not_ready"
	codeNoVoice          queue.Code = "no_voice"
	codePaired           queue.Code = "pairing_approved"
	codeNameTaken        queue.Code = "name_taken"
	codeTooLate          queue.Code = "too_late"
	codeTooManyCopies    queue.Code = "too_many_copies"
	codeImportFailed     queue.Code = "import_failed"
	codeImportKind       queue.Code = "import_kind"
	codeImportRunning    queue.Code = "import_running"
	codeNoUndo           queue.Code = "no_import_to_undo"
	codeUnknownVisit     queue.Code = "unknown_visit"
	codeUnknownExport    queue.Code = "unknown_export"
	codeExportNotReady   queue.Code = "export_not_ready"
	codeTooManyExports   queue.Code = "too_many_exports"
	codeFiguresBusy      queue.Code = "figures_busy"
	codeAuditDown        queue.Code = "audit_unavailable"
	codeCertificate      queue.Code = "certificate_needed"
	codeNotYourCounter   queue.Code = "not_your_counter"
	codeNotSkilled       queue.Code = "not_skilled"
	codeNoAccount        queue.Code = "not_a_person"
	codeUnknownAccount   queue.Code = "unknown_account"
	codeLoginTaken       queue.Code = "login_taken"
	codeWrongLogin       queue.Code = "wrong_login"
	codeWrongPassword    queue.Code = "wrong_password"
	codeWeakPassword     queue.Code = "weak_password"
	codeLocked           queue.Code = "account_locked"
	codeFactorNeeded     queue.Code = "factor_needed"
	codeFactorWrong      queue.Code = "factor_wrong"
	codeFactorDue        queue.Code = "factor_due"
	codeLoginAgain       queue.Code = "login_again"
	codeNoFactor         queue.Code = "no_factor"
	codePasswordDue      queue.Code = "password_due"
	codeSeatElsewhere    queue.Code = "seat_elsewhere"
	codeSeatTaken        queue.Code = "seat_taken"
	codeBadRequest       queue.Code = "bad_request"
	codeInternal         queue.Code = "internal"
)

// statuses maps every code to its HTTP status, in this one place.
var statuses = map[queue.Code]int{
	queue.UnknownBranch:   http.StatusNotFound,
	queue.UnknownService:  http.StatusNotFound,
	queue.UnknownCounter:  http.StatusNotFound,
	queue.UnknownTicket:   http.StatusNotFound,
	queue.UnknownPriority: http.StatusNotFound,
	queue.UnknownBooking:  http.StatusNotFound,
	queue.UnknownVerb:     http.StatusNotFound,
	queue.UnknownNotice:   http.StatusNotFound,
	codeUnknownProcedure:  http.StatusNotFound,
	codeUnknownDossier:    http.StatusNotFound,
	codeUnknownKey:        http.StatusNotFound,
	codeUnknownPairing:    http.StatusNotFound,
	codeUnknownPass:       http.StatusNotFound,
	codeUnknownDevice:     http.StatusNotFound,
	codeUnknownWords:      http.StatusNotFound,
	codeUnknownVisit:      http.StatusNotFound,
	codeUnknownExport:     http.StatusNotFound,
	codeUnknownVersion:    http.StatusNotFound,
	codeUnknownAccount:    http.StatusNotFound,
	codeNotFound:          http.StatusNotFound,

	queue.ServiceClosed:  http.StatusConflict,
	queue.QuotaFull:      http.StatusConflict,
	queue.NoOneWaiting:   http.StatusConflict,
	queue.CounterBusy:    http.StatusConflict,
	queue.CounterNotOpen: http.StatusConflict,
	queue.WrongState:     http.StatusConflict,
	queue.NotWaiting:     http.StatusConflict,
	queue.NothingToUndo:  http.StatusConflict,
	queue.NothingToRate:  http.StatusConflict,
	queue.AlreadyRated:   http.StatusConflict,
	queue.BookingOver:    http.StatusConflict,
	queue.TooManyTickets: http.StatusConflict,
	queue.TooManyNotices: http.StatusConflict,
	queue.SettingsInUse:  http.StatusConflict,
	queue.SettingsChange: http.StatusConflict,
	queue.DayChanged:     http.StatusConflict,
	codeNoPrinter:        http.StatusConflict,
	codePrinterNotReady:  http.StatusConflict,
	codeNoVoice:          http.StatusConflict,
	codePaired:           http.StatusConflict,
	codePassUsed:         http.StatusConflict,
	codeNameTaken:        http.StatusConflict,
	codeTooLate:          http.StatusConflict,
	codeTooManyCopies:    http.StatusConflict,
	codeBoxClosed:        http.StatusConflict,
	codeMediaUsed:        http.StatusConflict,
	codeLastAdmin:        http.StatusConflict,
	codeMediaMany:        http.StatusConflict,
	codeLoginTaken:       http.StatusConflict,
	codeSeatElsewhere:    http.StatusConflict,
	codeSeatTaken:        http.StatusConflict,
	codeNoFactor:         http.StatusConflict,
	codeImportRunning:    http.StatusConflict,
	codeNoUndo:           http.StatusConflict,
	codeExportNotReady:   http.StatusConflict,
	codeTooManyExports:   http.StatusConflict,

	queue.SettingsInvalid: http.StatusUnprocessableEntity,
	queue.KeyReused:       http.StatusUnprocessableEntity,
	codeMediaKind:         http.StatusUnprocessableEntity,
	codeWeakPassword:      http.StatusUnprocessableEntity,
	codeImportFailed:      http.StatusUnprocessableEntity,
	codeImportKind:        http.StatusUnprocessableEntity,
	codeFileForeign:       http.StatusUnprocessableEntity,
	codeFileNewer:         http.StatusUnprocessableEntity,
	codeFileDamaged:       http.StatusUnprocessableEntity,
	codeFileLarge:         http.StatusUnprocessableEntity,

	queue.BadParameter: http.StatusBadRequest,
	codeKeyMissing:     http.StatusBadRequest,
	codeBadJSON:        http.StatusBadRequest,
	codeUnknownField:   http.StatusBadRequest,
	codeBadRequest:     http.StatusBadRequest,

	codeUnauthorized:   http.StatusUnauthorized,
	codeWrongLogin:     http.StatusUnauthorized,
	codeFactorNeeded:   http.StatusUnauthorized,
	codeWrongPassword:  http.StatusForbidden,
	codeFactorWrong:    http.StatusForbidden,
	codeFactorDue:      http.StatusForbidden,
	codeLoginAgain:     http.StatusForbidden,
	codePasswordDue:    http.StatusForbidden,
	codeNoAccount:      http.StatusForbidden,
	codeNotYourCounter: http.StatusForbidden,
	codeNotSkilled:     http.StatusForbidden,
	codeLocked:         http.StatusTooManyRequests,
	codeForbidden:      http.StatusForbidden,
	codeOriginRefused:  http.StatusForbidden,
	codeMethod:         http.StatusMethodNotAllowed,
	codeTooLarge:       http.StatusRequestEntityTooLarge,
	codeUpgrade:        http.StatusUpgradeRequired,
	codeTooMany:        http.StatusTooManyRequests,

	queue.StoreFull: http.StatusServiceUnavailable,
	queue.StoreDown: http.StatusServiceUnavailable,
	queue.Fenced:    http.StatusServiceUnavailable,
	queue.CodeTaken: http.StatusServiceUnavailable,
	codeFiguresBusy: http.StatusServiceUnavailable,
	codeAuditDown:   http.StatusServiceUnavailable,
	codeCertificate: http.StatusForbidden,
	codeInternal:    http.StatusInternalServerError,
}

// refuse makes a refusal; the edge uses the domain's own kind of error.
func refuse(code queue.Code, detail string) error { return queue.Refuse(code, detail) }

// limited is a refusal that says when to come back.
type limited struct {
	error
	after int // seconds
}

func (l limited) Unwrap() error { return l.error }

// Problem is an RFC 9457 problem. Title is for people, Detail names what it is about.
type Problem struct {
	Type     string     `json:"type"`
	Title    string     `json:"title"`
	Status   int        `json:"status"`
	Detail   string     `json:"detail,omitempty"`
	Code     queue.Code `json:"code"`
	Instance string     `json:"instance,omitempty"`
	Left     *int       `json:"left,omitempty"` // tries
	Seat     *seatInfo  `json:"seat,omitempty"` // who sits where, of a seat that cannot be taken
}

// problem answers every error of every handler.
func (s *Server) problem(c *fiber.Ctx, err error) error {
	code, detail := s.codeOf(err)
	status := statuses[code]
	if status == 0 {
		status = http.StatusInternalServerError
	}
	if status >= 500 {
		s.Log.Error("request failed", "code", code, "error", err, "request", requestID(c))
		detail = "" // what failed inside is for the log
	}
	var wait limited
	if errors.As(err, &wait) {
		c.Set(fiber.HeaderRetryAfter, itoa(wait.after))
	}
	if status == http.StatusUnauthorized {
		c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
	}
	if status == http.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, "1")
	}
	id := requestID(c)
	if id == "" { // the HTTP library refused it before any handler
		id = s.ids.next()
		c.Set(requestIDHeader, id)
		protect(c)
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	lang := language(c)
	answer := Problem{Type: "urn:motcua:problem:" + string(code), Title: sentence(code, detail, lang), Status: status,
		Detail: detail, Code: code, Instance: id}
	var wrong missed
	if errors.As(err, &wrong) {
		answer.Left = &wrong.left
	}
	var sits seated
	if errors.As(err, &sits) {
		answer.Seat = &sits.seat
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentLanguage, lang)
	c.Set(fiber.HeaderContentType, "application/problem+json; charset=utf-8")
	return c.Status(status).Send(body)
}

func (s *Server) codeOf(err error) (queue.Code, string) {
	var refusal *queue.Error
	var web *fiber.Error
	switch {
	case errors.As(err, &refusal):
		return refusal.Code, refusal.Detail
	case errors.Is(err, feed.ErrBehind):
		return queue.StoreDown, ""
	case errors.As(err, &web):
		return codeOfStatus(web.Code), ""
	}
	return codeInternal, ""
}

// codeOfStatus names the refusals of the HTTP library.
func codeOfStatus(status int) queue.Code {
	switch status {
	case http.StatusNotFound:
		return codeNotFound
	case http.StatusMethodNotAllowed:
		return codeMethod
	case http.StatusRequestEntityTooLarge, http.StatusRequestHeaderFieldsTooLarge:
		return codeTooLarge
	case http.StatusUpgradeRequired:
		return codeUpgrade
	case http.StatusBadGateway: // the library's word for a client that hung up in the middle
		return codeBadRequest
	}
	if status >= 400 && status < 500 {
		return codeBadRequest
	}
	return codeInternal
}

// language is the one the sentences are in: vi unless the client prefers en.
func language(c *fiber.Ctx) string {
	header := strings.ToLower(c.Get(fiber.HeaderAcceptLanguage))
	en := strings.Index(header, "en")
	vi := strings.Index(header, "vi")
	if en >= 0 && (vi < 0 || en < vi) {
		return "en"
	}
	return "vi"
}
