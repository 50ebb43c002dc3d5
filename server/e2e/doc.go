// Package e2e tests the hall as people meet it: the real program as a process of
// its own, and its pages in a real browser, touched, clicked and typed into. It
// holds tests only.
//
// Two variables of the environment: MOTCUA_AXE is the path of axe.min.js, the
// accessibility engine; MOTCUA_SHOTS is a folder that gets a picture of each main
// state of each screen.
package e2e
