package decrypt

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"io"
	"strconv"
	"strings"

	"heshu/extractors/workbook/read/xmlscan"
)

// What is hashed with the password to get the keys of the verifier's input, its hash, and the package's own key.
var (
	blockInput = []byte{0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79}
	blockHash  = []byte{0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E}
	blockKey   = []byte{0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6}
)

const segment = 4096 // bytes of the package that are encrypted together

// parameters are the attributes of <keyData> or <encryptedKey>.
type parameters struct {
	hash                        func() hash.Hash
	salt, input, inputHash, key []byte
	rounds, keySize, blockSize  int
	cipher, chaining            string
}

// openAgile is the encryption of Excel 2010 and later: AES-CBC, described in XML.
func openAgile(info, pack []byte, password string) ([]byte, error) {
	data, enc, err := readParameters(info)
	if err != nil {
		return nil, err
	}
	h := sum(enc.hash, enc.salt, passwordBytes(password))
	for i := range uint32(enc.rounds) {
		h = sum(enc.hash, binary.LittleEndian.AppendUint32(nil, i), h)
	}
	derived := func(block []byte) []byte { return fit(sum(enc.hash, h, block), enc.keySize) }
	input, err1 := decryptCBC(derived(blockInput), enc.salt, enc.input)
	want, err2 := decryptCBC(derived(blockHash), enc.salt, enc.inputHash)
	key, err3 := decryptCBC(derived(blockKey), enc.salt, enc.key)
	if err1 != nil || err2 != nil || err3 != nil {
		return nil, ErrBroken
	}
	if got := sum(enc.hash, input); len(want) < len(got) || !bytes.Equal(got, want[:len(got)]) {
		return nil, ErrPassword
	}
	out := make([]byte, 0, len(pack))
	for i := uint32(0); len(pack) > 0; i++ {
		part := pack[:min(segment, len(pack))]
		pack = pack[len(part):]
		plain, err := decryptCBC(key[:min(len(key), data.keySize)], sum(data.hash, data.salt, binary.LittleEndian.AppendUint32(nil, i)), part)
		if err != nil {
			return nil, ErrBroken
		}
		out = append(out, plain...)
	}
	return out, nil
}

// readParameters reads how the package and how its key are encrypted.
func readParameters(info []byte) (data, key parameters, err error) {
	s := xmlscan.New(bytes.NewReader(info))
	for {
		k, err := s.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return data, key, ErrBroken
		}
		switch {
		case k == xmlscan.Start && string(s.Name()) == "keyData":
			data = parametersOf(s)
		case k == xmlscan.Start && string(s.Name()) == "encryptedKey" && key.hash == nil:
			key = parametersOf(s)
		}
	}
	for _, p := range []parameters{data, key} {
		if p.hash == nil || p.cipher != "AES" || p.chaining != "ChainingModeCBC" || p.blockSize != aes.BlockSize ||
			p.keySize != 16 && p.keySize != 24 && p.keySize != 32 || p.rounds < 0 || p.rounds > maxRounds {
			return data, key, ErrMethod
		}
	}
	return data, key, nil
}

func parametersOf(s *xmlscan.Scanner) parameters {
	text := func(name string) string { return string(s.Attr(name)) }
	number := func(name string) int {
		n, err := strconv.Atoi(text(name))
		if err != nil {
			return 0
		}
		return n
	}
	bytes := func(name string) []byte {
		b, err := base64.StdEncoding.DecodeString(text(name))
		if err != nil {
			return nil // too short for what follows
		}
		return b
	}
	return parameters{
		hash: hashNamed(text("hashAlgorithm")), salt: bytes("saltValue"), input: bytes("encryptedVerifierHashInput"), inputHash: bytes("encryptedVerifierHashValue"),
		key: bytes("encryptedKeyValue"), rounds: number("spinCount"), keySize: number("keyBits") / 8, blockSize: number("blockSize"),
		cipher: text("cipherAlgorithm"), chaining: text("cipherChaining"),
	}
}

func hashNamed(name string) func() hash.Hash {
	switch strings.ReplaceAll(name, "-", "") {
	case "SHA1":
		return sha1.New
	case "SHA256":
		return sha256.New
	case "SHA384":
		return sha512.New384
	case "SHA512":
		return sha512.New
	}
	return nil
}

func sum(h func() hash.Hash, parts ...[]byte) []byte {
	d := h()
	for _, p := range parts {
		d.Write(p)
	}
	return d.Sum(nil)
}

// fit cuts b to n bytes, or fills it up with 0x36.
func fit(b []byte, n int) []byte {
	for len(b) < n {
		b = append(b, 0x36)
	}
	return b[:n]
}

// decryptCBC decrypts whole blocks; a rest that is no block is dropped.
func decryptCBC(key, iv, b []byte) ([]byte, error) {
	c, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := bytes.Clone(b[:len(b)/aes.BlockSize*aes.BlockSize])
	cipher.NewCBCDecrypter(c, fit(bytes.Clone(iv), aes.BlockSize)).CryptBlocks(out, out)
	return out, nil
}
