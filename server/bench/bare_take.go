package main

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/alicebob/miniredis/v2"
	miniserver "github.com/alicebob/miniredis/v2/server"
	"github.com/gofiber/fiber/v2"
	"github.com/redis/go-redis/v9"
)

// minimalTake is the least that gives out a number: counted, kept, queued, told,
// and once only.
const minimalTake = `local kept = redis.call('GET', KEYS[5])
if kept then return kept end
local n = redis.call('HINCRBY', KEYS[1], 'number', 1)
local number = string.format('A%03d', n)
redis.call('HSET', KEYS[2] .. number, 'number', number, 'service', ARGV[1], 'state', 'waiting', 'at', n, 'calls', 0, 'lang', 'vi')
redis.call('ZADD', KEYS[3], n, number)
redis.call('XADD', KEYS[4], 'MAXLEN', '~', 100000, '*', 'kind', 'ticket.taken', 'number', number)
redis.call('SET', KEYS[5], number)
return number`

// minimalKeys stand before the key of the request.
var minimalKeys = []string{"bench:count", "bench:ticket:", "bench:queue", "bench:events"}

// listening is the first thing a bare server says.
type listening struct{ Addr string }

// bareTakeRole is the bare handler: it calls the minimal script and nothing else.
// bare-take redis ADDR | bare-take miniredis
func bareTakeRole(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("redis ADDR or miniredis")
	}
	var run func(request, service string) (string, error)
	switch args[0] {
	case "redis":
		client := redis.NewClient(&redis.Options{Addr: args[1]})
		script := redis.NewScript(minimalTake)
		run = func(request, service string) (string, error) {
			return script.Run(context.Background(), client, onceKeys(request), service).Text()
		}
	default:
		bare, err := newBareMini()
		if err != nil {
			return err
		}
		run = bare.take
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Post("/api/v1/branches/:branch/tickets", func(c *fiber.Ctx) error {
		var body struct {
			Service string `json:"service"`
		}
		if err := json.Unmarshal(c.Body(), &body); err != nil {
			return err
		}
		number, err := run(c.Get("Idempotency-Key"), body.Service)
		if err != nil {
			return err
		}
		return c.Status(fiber.StatusCreated).JSON(fiber.Map{"number": number, "service": body.Service, "state": "waiting"})
	})
	return serveUntilParentEnds(app)
}

func onceKeys(request string) []string {
	return append(minimalKeys[:len(minimalKeys):len(minimalKeys)], "bench:once:"+request)
}

// serveUntilParentEnds says where it listens and serves.
func serveUntilParentEnds(app *fiber.App) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(listening{l.Addr().String()}); err != nil {
		return err
	}
	return app.Listener(l)
}

// bareMini is miniredis as it is, in this process: its own EVALSHA, no journal.
type bareMini struct {
	server *miniserver.Server
	sha    string
	peers  sync.Pool
}

type miniPeer struct {
	out  []byte
	peer *miniserver.Peer
}

func (p *miniPeer) Write(b []byte) (int, error) {
	p.out = append(p.out, b...)
	return len(b), nil
}

func newBareMini() (*bareMini, error) {
	m := miniredis.NewMiniRedis()
	conn, err := m.Dial() // starts the server without a port
	if err != nil {
		return nil, err
	}
	conn.Close()
	sum := sha1.Sum([]byte(minimalTake))
	b := &bareMini{server: m.Server(), sha: hex.EncodeToString(sum[:])}
	b.peers.New = func() any {
		p := &miniPeer{}
		p.peer = miniserver.NewPeer(bufio.NewWriter(p))
		return p
	}
	_, err = b.dispatch("SCRIPT", "LOAD", minimalTake)
	return b, err
}

func (b *bareMini) take(request, service string) (string, error) {
	keys := onceKeys(strings.Clone(request))
	args := append([]string{"EVALSHA", b.sha, strconv.Itoa(len(keys))}, keys...)
	return b.dispatch(append(args, strings.Clone(service))...)
}

// dispatch runs one command and gives its bulk string.
func (b *bareMini) dispatch(args ...string) (string, error) {
	p := b.peers.Get().(*miniPeer)
	defer b.peers.Put(p)
	p.out = p.out[:0]
	b.server.Dispatch(p.peer, args)
	p.peer.Flush()
	reply := string(p.out)
	if !strings.HasPrefix(reply, "$") {
		return "", fmt.Errorf("miniredis: %q", reply)
	}
	_, rest, _ := strings.Cut(reply, "\r\n")
	return strings.TrimSuffix(rest, "\r\n"), nil
}
