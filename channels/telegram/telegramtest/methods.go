package telegramtest

// method is one call of the Bot API; do is called with the server locked.
type method struct {
	name  string
	sends bool // counts for the flood limits
	edits bool // counts for those of a group
	do    func(*Server, *params) (any, *refusal)
}

// methods by their name in small letters: the Bot API does not mind the case.
func methods() map[string]method {
	return map[string]method{
		"getupdates":             {name: "getUpdates"},
		"getme":                  {name: "getMe", do: (*Server).getMe},
		"setwebhook":             {name: "setWebhook", do: (*Server).setWebhook},
		"deletewebhook":          {name: "deleteWebhook", do: (*Server).deleteWebhook},
		"getwebhookinfo":         {name: "getWebhookInfo", do: (*Server).getWebhookInfo},
		"sendmessage":            {name: "sendMessage", sends: true, do: (*Server).sendMessage},
		"sendphoto":              {name: "sendPhoto", sends: true, do: (*Server).sendPhoto},
		"senddocument":           {name: "sendDocument", sends: true, do: (*Server).sendDocument},
		"sendvoice":              {name: "sendVoice", sends: true, do: (*Server).sendVoice},
		"sendvideo":              {name: "sendVideo", sends: true, do: (*Server).sendVideo},
		"sendaudio":              {name: "sendAudio", sends: true, do: (*Server).sendAudio},
		"sendlocation":           {name: "sendLocation", sends: true, do: (*Server).sendLocation},
		"sendvenue":              {name: "sendVenue", sends: true, do: (*Server).sendVenue},
		"sendchataction":         {name: "sendChatAction", do: (*Server).sendChatAction},
		"editmessagetext":        {name: "editMessageText", edits: true, do: (*Server).editMessageText},
		"editmessagereplymarkup": {name: "editMessageReplyMarkup", edits: true, do: (*Server).editMessageReplyMarkup},
		"deletemessage":          {name: "deleteMessage", do: (*Server).deleteMessage},
		"answercallbackquery":    {name: "answerCallbackQuery", do: (*Server).answerCallbackQuery},
		"getfile":                {name: "getFile", do: (*Server).getFile},
		"getchat":                {name: "getChat", do: (*Server).getChat},
		"getchatmember":          {name: "getChatMember", do: (*Server).getChatMember},
		"createforumtopic":       {name: "createForumTopic", edits: true, do: (*Server).createForumTopic},
		"editforumtopic":         {name: "editForumTopic", edits: true, do: (*Server).editForumTopic},
		"closeforumtopic":        {name: "closeForumTopic", edits: true, do: (*Server).closeForumTopic},
		"reopenforumtopic":       {name: "reopenForumTopic", edits: true, do: (*Server).reopenForumTopic},
		"deleteforumtopic":       {name: "deleteForumTopic", edits: true, do: (*Server).deleteForumTopic},
		"leavechat":              {name: "leaveChat", do: (*Server).leaveChat},
		"setmycommands":          {name: "setMyCommands", do: (*Server).setMyCommands},
		"deletemycommands":       {name: "deleteMyCommands", do: (*Server).deleteMyCommands},
		"getmycommands":          {name: "getMyCommands", do: (*Server).getMyCommands},
		"setmydescription":       {name: "setMyDescription", do: (*Server).setMyDescription},
		"setmyshortdescription":  {name: "setMyShortDescription", do: (*Server).setMyShortDescription},
	}

}

func (s *Server) getMe(*params) (any, *refusal) {
	return struct {
		User
		Joins    bool `json:"can_join_groups"`
		ReadsAll bool `json:"can_read_all_group_messages"`
	}{s.me, true, s.o.ReadsAll}, nil
}
