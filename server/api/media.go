package api

import (
	"errors"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/media"
	"motcua/server/queue"
	"motcua/server/staff"
)

// largestMedia is the longest file of the hall's media, in bytes.
const largestMedia = 200 << 20

// mostAtOnce is how much of a film one answer carries. Browsers ask for the rest
// by themselves when they need it; a slow one then never runs into the time that
// an answer may take.
const mostAtOnce = 4 << 20

// getMedia gives out a picture or film, or a part of it.
func (s *Server) getMedia(c *fiber.Ctx) error {
	if s.Media == nil {
		return refuse(codeNotFound, "")
	}
	f, err := s.Media.Get(param(c, "name"))
	if errors.Is(err, media.ErrUnknown) {
		return refuse(codeNotFound, "")
	}
	if err != nil {
		return err
	}
	tag := `"` + strconv.FormatInt(f.At.UnixNano(), 36) + "-" + strconv.FormatInt(f.Size, 36) + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	c.Set(fiber.HeaderContentType, f.Type)
	if matches(c.Get(fiber.HeaderIfNoneMatch), tag) {
		f.Close()
		return c.SendStatus(fiber.StatusNotModified)
	}
	from, to, part := rangeOf(c, tag, f.Size)
	if from >= f.Size {
		f.Close()
		c.Set(fiber.HeaderContentRange, "bytes */"+strconv.FormatInt(f.Size, 10))
		return c.SendStatus(fiber.StatusRequestedRangeNotSatisfiable)
	}
	if part {
		c.Status(fiber.StatusPartialContent)
		c.Set(fiber.HeaderContentRange, "bytes "+strconv.FormatInt(from, 10)+"-"+strconv.FormatInt(to, 10)+"/"+strconv.FormatInt(f.Size, 10))
	}
	return c.SendStream(section{io.NewSectionReader(f, from, to-from+1), f}, int(to-from+1))
}

// section is a part of a file; the HTTP library closes it when it was sent.
type section struct {
	io.Reader
	io.Closer
}

// rangeOf gives the first and last byte to send, and whether that is an answer in
// parts. One range is understood; whatever else is asked for gets the whole.
func rangeOf(c *fiber.Ctx, tag string, size int64) (from, to int64, part bool) {
	whole := size - 1
	if other := c.Get(fiber.HeaderIfRange); other != "" && other != tag {
		return 0, whole, false
	}
	span, found := strings.CutPrefix(c.Get(fiber.HeaderRange), "bytes=")
	first, last, dash := strings.Cut(strings.TrimSpace(span), "-")
	if !found || !dash || strings.Contains(span, ",") {
		return 0, whole, false
	}
	if first == "" { // the last so many bytes
		n, err := strconv.ParseInt(last, 10, 64)
		if err != nil || n <= 0 {
			return 0, whole, false
		}
		from = max(0, size-n)
		return from, min(whole, from+mostAtOnce-1), true
	}
	from, err := strconv.ParseInt(first, 10, 64)
	if err != nil || from < 0 {
		return 0, whole, false
	}
	to = whole
	if last != "" {
		if to, err = strconv.ParseInt(last, 10, 64); err != nil || to < from {
			return 0, whole, false
		}
	}
	return from, min(to, whole, from+mostAtOnce-1), true
}

func (s *Server) listMedia(c *fiber.Ctx) error {
	if _, err := s.allow(c, mayManage, ""); err != nil {
		return err
	}
	list := []media.Item{}
	if s.Media != nil {
		var err error
		if list, err = s.Media.List(); err != nil {
			return err
		}
	}
	return c.JSON(fiber.Map{"items": list})
}

// putMedia takes a file as it comes.
func (s *Server) putMedia(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return err
	}
	if s.Media == nil {
		return refuse(codeNotFound, "")
	}
	body, err := s.large(c, largestMedia)
	if err != nil {
		return err
	}
	name := param(c, "name")
	if err := s.note(c, lineOf(c, caller, audit.MediaPut, "", name), nil, nil); err != nil {
		return err
	}
	item, fresh, err := s.Media.Put(name, body)
	if err != nil {
		return mediaRefusal(err)
	}
	s.Log.Info("media", "name", item.Name, "bytes", item.Size)
	if fresh {
		c.Status(fiber.StatusCreated)
	}
	return c.JSON(item)
}

func mediaRefusal(err error) error {
	switch {
	case errors.Is(err, media.ErrName):
		return refuse(queue.BadParameter, "name")
	case errors.Is(err, media.ErrKind):
		return refuse(codeMediaKind, "")
	case errors.Is(err, media.ErrTooMany):
		return refuse(codeMediaMany, "")
	case errors.Is(err, media.ErrFull):
		return refuse(queue.StoreFull, "")
	case errors.Is(err, media.ErrUnknown):
		return refuse(codeNotFound, "")
	}
	return err
}

// showsFile tells whether a hall shows a file: in its playlist, or as a clerk's photo.
func showsFile(set *queue.Settings, name string) bool {
	return name != "" && name == set.Brand.Logo || slices.ContainsFunc(set.Hall.Playlist, func(x queue.SlideSetting) bool { return x.File == name }) ||
		slices.ContainsFunc(set.Counters, func(x queue.CounterSetting) bool { return x.Photo == name })
}

// removeMedia takes a file away that no hall shows. Files put there by hand
// have all sorts of names.
func (s *Server) removeMedia(c *fiber.Ctx) error {
	caller, err := s.allow(c, mayManage, "")
	if err != nil {
		return err
	}
	name, err := url.PathUnescape(strings.Clone(c.Params("name")))
	if err != nil || s.Media == nil {
		return refuse(codeNotFound, "")
	}
	if slices.ContainsFunc(s.Staff.Accounts(), func(a staff.Account) bool { return a.Photo == name && name != "" }) {
		return refuse(codeMediaUsed, "account")
	}
	for _, branch := range s.Push.Feed.Branches() {
		set, ok := s.Push.Feed.Settings(branch)
		if ok && showsFile(set, name) {
			return refuse(codeMediaUsed, branch)
		}
	}
	if err := s.note(c, lineOf(c, caller, audit.MediaRemove, "", name), nil, nil); err != nil {
		return err
	}
	if err := s.Media.Remove(name); err != nil {
		return mediaRefusal(err)
	}
	s.Log.Info("media removed", "name", name)
	return c.SendStatus(fiber.StatusNoContent)
}
