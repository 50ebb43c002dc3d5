package report

import _ "codeberg.org/go-pdf/fpdf" // drawn with in pdf.go
