package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Line is one thing that was done, or refused at the last step.
type Line struct {
	N      int64  `json:"n"`  // counts from 1 without a gap
	At     int64  `json:"at"` // when it was written, in ms since 1970
	Who    string `json:"who"`
	Role   string `json:"role,omitempty"`
	From   string `json:"from,omitempty"` // address, "command" at the server's console, empty for what the queue tells
	Branch string `json:"branch,omitempty"`
	Action Action `json:"action"`
	Object string `json:"object,omitempty"`
	// Outcome is empty for what went ahead, else the code of its refusal.
	Outcome string   `json:"outcome,omitempty"`
	Changes []Change `json:"changes,omitempty"`
	Prev    string   `json:"prev"`   // digest of the line before, empty at the very first
	Digest  string   `json:"digest"` // SHA-256 of everything above, in hex
}

// Action names what was done.
type Action string

// The actions. Pages have words for each; so add one there too.
const (
	SettingsSave    Action = "settings.save"
	SettingsUndo    Action = "settings.undo"
	SettingsImport  Action = "settings.import"
	SettingsExport  Action = "settings.export"
	BranchMake      Action = "branch.make"
	KeyMake         Action = "key.make"
	KeyRevoke       Action = "key.revoke"
	PairingApprove  Action = "pairing.approve"
	ScreenSave      Action = "screen.save"
	ScreenOrder     Action = "screen.order"
	Login           Action = "login"
	LoginWrong      Action = "login.wrong"
	Logout          Action = "logout"
	NoticeMake      Action = "notice.make"
	NoticeEnd       Action = "notice.end"
	MediaPut        Action = "media.put"
	MediaRemove     Action = "media.remove"
	Import          Action = "import"
	ImportUndo      Action = "import.undo"
	DossierImport   Action = "dossier.import"
	ProcedureSave   Action = "procedure.save"
	SuggestionState Action = "suggestion.state"
	ExportMake      Action = "export.make"
	ExportCancel    Action = "export.cancel"
	ExportFile      Action = "export.file"
	AuditExport     Action = "audit.export"
	AuditPurge      Action = "audit.purge"
	RemarkSave      Action = "remark.save"
	PaperForm       Action = "paper.form"
	PaperRating     Action = "paper.rating"
	CallOutOfTurn   Action = "call.out_of_turn"
	PriorityChange  Action = "priority.change"
	TransferFront   Action = "transfer.front"
	AccountMake     Action = "account.make"
	AccountSave     Action = "account.save"
	AccountPassword Action = "account.password" // given by somebody else
	AccountUnlock   Action = "account.unlock"
	AccountLogout   Action = "account.logout" // all its sessions were ended
	PasswordChange  Action = "password.change"
	FactorSet       Action = "factor.set"
	FactorEnd       Action = "factor.end"
	LoginLocked     Action = "login.locked"
	DeviceCert      Action = "device.cert"
	SeatFree        Action = "seat.free" // by somebody else
	TrainingBegin   Action = "training.begin"
	TrainingReset   Action = "training.reset"
	TrainingEnd     Action = "training.end"
)

// Actions lists them all.
var Actions = []Action{SettingsSave, SettingsUndo, SettingsImport, SettingsExport, BranchMake, KeyMake, KeyRevoke, PairingApprove, ScreenSave, ScreenOrder, Login,
	LoginWrong, Logout, NoticeMake, NoticeEnd, MediaPut, MediaRemove, Import, ImportUndo, DossierImport, ProcedureSave,
	SuggestionState, ExportMake, ExportCancel, ExportFile, AuditExport, AuditPurge, RemarkSave, PaperForm, PaperRating,
	CallOutOfTurn, PriorityChange, TransferFront, AccountMake, AccountSave, AccountPassword, AccountUnlock, AccountLogout,
	PasswordChange, FactorSet, FactorEnd, LoginLocked, SeatFree, DeviceCert, TrainingBegin, TrainingReset, TrainingEnd}

// digest is what the line's digest must be.
func (l Line) digest() (string, error) {
	l.Digest = ""
	raw, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// Bounds of what a line keeps, in characters.
const (
	longestName   = 200
	longestObject = 300
)

// clean bounds and masks the words of a line.
func (l Line) clean() Line {
	l.Who, l.From = cut(mask(l.Who), longestName), cut(l.From, longestName)
	l.Object = cut(mask(l.Object), longestObject)
	changes := make([]Change, 0, min(len(l.Changes), mostChanges))
	for _, c := range l.Changes {
		if len(changes) == mostChanges {
			break
		}
		changes = append(changes, Change{cut(c.Path, longestName), cut(mask(c.Before), longestValue), cut(mask(c.After), longestValue)})
	}
	if l.Changes = nil; len(changes) > 0 {
		l.Changes = changes
	}
	return l
}
