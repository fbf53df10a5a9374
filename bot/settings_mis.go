package bot

import "careline/bot/web/api"

var misVar = variable{"CARELINE_MIS_SECRET", "whsec_ and 24 to 64 bytes in base64, with which the clinic's own system signs what it tells; two by a comma while one replaces the other; without it that is off", ""}

// mis reads the secrets of the clinic's own system.
func (r *reader) mis() api.Keys {
	value := r.read(misVar)
	if value == "" {
		return nil
	}
	keys, err := api.ParseKeys(value)
	if err != nil {
		r.bad(misVar, "%v", err)
	}
	return keys
}
