package main

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"motcua/server/queue"
	"motcua/server/web/speech"
)

// checkCalls tells whether calls can be spoken in each further language that a
// hall calls in: a call that lacks a piece is not spoken in that language at all.
func checkCalls(data string, halls []queue.Settings) []finding {
	library, err := ownLanguages(data, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil // told by checkTexts
	}
	var found []finding
	for _, set := range halls {
		for _, tag := range set.Board.Voice.Also {
			texts := library.Shown("board", tag)
			missing, _ := clipsIn(data).Missing(tag, callPieces(set, texts)) // a broken index is told by checkVoices
			if len(missing) > 0 {
				found = append(found, finding{what: fmt.Sprintf("voice %s: calls are not spoken in it, %d clips are missing: %s", tag, len(missing), few(missing)),
					help: "record them (motcua language record " + tag + "), or take the language out of board.voice.also"})
				continue
			}
			found = append(found, finding{ok: true, what: "voice " + tag + ": calls can be spoken"})
		}
	}
	return found
}

// callPieces are the clips of every call of a hall, digit by digit.
func callPieces(set queue.Settings, texts map[string]string) []speech.Clip {
	keys := map[string]bool{}
	for _, piece := range speech.Pieces(texts["t.voice.call"]) {
		keys[piece] = true
	}
	for _, letter := range "0123456789" {
		keys[string(letter)] = true
	}
	for _, s := range set.Services {
		for _, letter := range s.Prefix {
			keys[string(letter)] = true
		}
	}
	for _, c := range set.Counters {
		if label := strings.TrimLeft(c.Label, "0"); label != "" && strings.Trim(label, "0123456789") == "" {
			keys[label] = true
		}
	}
	var list []speech.Clip
	for key := range keys {
		list = append(list, speech.Clip{Key: key})
	}
	slices.SortFunc(list, func(a, b speech.Clip) int { return strings.Compare(a.Key, b.Key) })
	return list
}
