package decrypt

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
)

const password = "工会2018"

var plain = bytes.Repeat([]byte("PK 六千字节的内容 "), 300)

func encryptCBC(t testing.TB, key, iv, b []byte) []byte {
	t.Helper()
	c, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := append(bytes.Clone(b), make([]byte, (aes.BlockSize-len(b)%aes.BlockSize)%aes.BlockSize)...)
	cipher.NewCBCEncrypter(c, fit(bytes.Clone(iv), aes.BlockSize)).CryptBlocks(out, out)
	return out
}

// agile encrypts plain as Excel 2010 does, with few rounds.
func agile(t testing.TB, rounds int) (info, pack []byte) {
	t.Helper()
	salt, key, input := []byte("0123456789abcdef"), []byte("0123456789ABCDEF0123456789ABCDEF"), []byte("verifier input 1")
	h := sum(sha512.New, salt, passwordBytes(password))
	for i := range uint32(rounds) {
		h = sum(sha512.New, binary.LittleEndian.AppendUint32(nil, i), h)
	}
	wrap := func(block, b []byte) string {
		return base64.StdEncoding.EncodeToString(encryptCBC(t, fit(sum(sha512.New, h, block), 32), salt, b))
	}
	common := fmt.Sprintf(`saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="%s"`,
		base64.StdEncoding.EncodeToString(salt))
	doc := fmt.Sprintf(`<encryption><keyData %s/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="%d" %s encryptedVerifierHashInput="%s" encryptedVerifierHashValue="%s" encryptedKeyValue="%s"/></keyEncryptor></keyEncryptors></encryption>`,
		common, rounds, common, wrap(blockInput, input), wrap(blockHash, sum(sha512.New, input)), wrap(blockKey, key))
	pack = binary.LittleEndian.AppendUint64(nil, uint64(len(plain)))
	for i := 0; i*segment < len(plain); i++ {
		iv := sum(sha512.New, salt, binary.LittleEndian.AppendUint32(nil, uint32(i)))
		pack = append(pack, encryptCBC(t, key, iv, plain[i*segment:min((i+1)*segment, len(plain))])...)
	}
	return append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, doc...), pack
}

// standard encrypts plain as Excel 2007 does.
func standard(t testing.TB) (info, pack []byte) {
	t.Helper()
	le := binary.LittleEndian
	salt := []byte("0123456789abcdef")
	h := sha1.Sum(append(bytes.Clone(salt), passwordBytes(password)...))
	for i := range uint32(50_000) {
		h = sha1.Sum(append(le.AppendUint32(nil, i), h[:]...))
	}
	h = sha1.Sum(append(h[:], 0, 0, 0, 0))
	c, err := aes.NewCipher(padded(h, 0x36)[:16])
	if err != nil {
		t.Fatal(err)
	}
	ecb := func(b []byte) []byte {
		out := append(bytes.Clone(b), make([]byte, (16-len(b)%16)%16)...)
		for i := 0; i < len(out); i += 16 {
			c.Encrypt(out[i:], out[i:])
		}
		return out
	}
	input := []byte("verifier input 1")
	hash := sha1.Sum(input)
	info = []byte{3, 0, 2, 0, 0x24, 0, 0, 0}
	info = le.AppendUint32(info, 32)
	for _, v := range []uint32{0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0, 16} {
		info = le.AppendUint32(info, v)
	}
	info = append(append(info, salt...), ecb(input)...)
	info = append(le.AppendUint32(info, 20), ecb(hash[:])...)
	return info, append(le.AppendUint64(nil, uint64(len(plain))), ecb(plain)...)
}

func TestPackageOpensWithItsPasswordOnly(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func(testing.TB) ([]byte, []byte){
		"agile":    func(t testing.TB) ([]byte, []byte) { return agile(t, 10) },
		"standard": standard,
	} {
		info, pack := f(t)
		if got, err := Open(info, pack, password); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s: got %d bytes, %v", name, len(got), err)
		}
		if _, err := Open(info, pack, "other"); !errors.Is(err, ErrPassword) {
			t.Errorf("%s with another password: got %v", name, err)
		}
	}
}

func TestEndlessHashingIsRefused(t *testing.T) {
	t.Parallel()
	info, pack := agile(t, 10)
	info = bytes.Replace(info, []byte(`spinCount="10"`), []byte(`spinCount="2000000000"`), 1)
	if _, err := Open(info, pack, password); !errors.Is(err, ErrMethod) {
		t.Errorf("got %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	info, pack := agile(f, 10)
	f.Add(info, pack)
	info, pack = standard(f)
	f.Add(info, pack)
	f.Fuzz(func(t *testing.T, info, pack []byte) {
		out, err := Open(info, pack, password)
		if err == nil && len(out) > len(pack) {
			t.Fatalf("%d bytes out of %d", len(out), len(pack))
		}
	})
}
