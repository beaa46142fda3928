package grid

// LineEnds makes each line end \n: \r\n, \r, and \r\r\n, which grows where one program's \r\n passes through another.
func LineEnds(b []byte) []byte {
	out := b[:0:0]
	for i, c := range b {
		if c != '\r' {
			out = append(out, c)
		} else if i+1 == len(b) || b[i+1] != '\r' && b[i+1] != '\n' {
			out = append(out, '\n')
		}
	}
	return out
}
