package wire

import (
	"strconv"
	"strings"
)

// JoinIDs writes the ids of messages as a Receipt.ID, SplitIDs reads them again.
func JoinIDs[ID int | int64](ids ...ID) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(int64(id), 10))
	}
	return b.String()
}

// SplitIDs leaves out what is no id.
func SplitIDs[ID int | int64](receipt string) []ID {
	var ids []ID
	for part := range strings.SplitSeq(receipt, ",") {
		if id, err := strconv.ParseInt(part, 10, 64); err == nil && id > 0 {
			ids = append(ids, ID(id))
		}
	}
	return ids
}
