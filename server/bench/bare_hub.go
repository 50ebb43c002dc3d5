package main

import (
	"bytes"
	"fmt"
	"strconv"
	"sync"

	fastsocket "github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/websocket/v2"
)

// bareFirst is what a bare server greets a socket with.
const bareFirst = `{"type":"snapshot","epoch":"bare","seq":0}`

// bareEvent is a message of so many bytes with the next number.
func bareEvent(seq int64, size int) []byte {
	head := fmt.Appendf(nil, `{"type":"event","seq":%d,"event":"`, seq)
	fill := max(0, size-len(head)-2)
	return append(append(head, bytes.Repeat([]byte{'.'}, fill)...), '"', '}')
}

// bareHub only writes: a queue and a writer for each socket, one prepared
// message for all.
type bareHub struct {
	mu      sync.Mutex
	seq     int64
	clients map[chan *fastsocket.PreparedMessage]bool
}

// bareHubRole serves it: bare-hub BYTES
func bareHubRole(args []string) error {
	size, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	h := &bareHub{clients: map[chan *fastsocket.PreparedMessage]bool{}}
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/live", websocket.New(h.serve))
	app.Post("/*", func(c *fiber.Ctx) error {
		if err := h.publish(size); err != nil {
			return err
		}
		return c.JSON(fiber.Map{"ok": true})
	})
	return serveUntilParentEnds(app)
}

func (h *bareHub) serve(conn *websocket.Conn) {
	queue := make(chan *fastsocket.PreparedMessage, 64)
	first, err := fastsocket.NewPreparedMessage(fastsocket.TextMessage, []byte(bareFirst))
	if err != nil {
		return
	}
	queue <- first
	h.mu.Lock()
	h.clients[queue] = true
	h.mu.Unlock()
	var writer sync.WaitGroup
	writer.Go(func() {
		for m := range queue {
			if conn.WritePreparedMessage(m) != nil {
				return
			}
		}
	})
	for {
		if _, _, err := conn.ReadMessage(); err != nil {
			break
		}
	}
	h.mu.Lock()
	delete(h.clients, queue)
	close(queue)
	h.mu.Unlock()
	writer.Wait()
}

func (h *bareHub) publish(size int) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seq++
	m, err := fastsocket.NewPreparedMessage(fastsocket.TextMessage, bareEvent(h.seq, size))
	if err != nil {
		return err
	}
	for queue := range h.clients {
		select {
		case queue <- m:
		default:
		}
	}
	return nil
}
