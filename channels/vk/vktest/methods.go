package vktest

// method is one call of the API; it is called with the server locked.
type method func(*Server, *params) (any, *refusal)

func methods() map[string]method {
	return map[string]method{
		"messages.send":                       (*Server).sendMessages,
		"messages.edit":                       (*Server).editMessage,
		"messages.delete":                     (*Server).deleteMessages,
		"messages.sendMessageEventAnswer":     (*Server).answerPress,
		"messages.setActivity":                (*Server).setActivity,
		"messages.markAsRead":                 (*Server).markAsRead,
		"messages.isMessagesFromGroupAllowed": (*Server).isAllowed,
		"messages.getByConversationMessageId": (*Server).getByCMID,
		"messages.getConversations":           (*Server).getConversations,
		"users.get":                           (*Server).getUsers,
		"groups.getById":                      (*Server).getGroups,
		"groups.getLongPollServer":            (*Server).getLongPollServer,
		"groups.getLongPollSettings":          (*Server).getLongPollSettings,
		"groups.setLongPollSettings":          (*Server).setLongPollSettings,
		"groups.getCallbackServers":           (*Server).getCallbackServers,
		"groups.getCallbackSettings":          (*Server).getCallbackSettings,
		"groups.setCallbackSettings":          (*Server).setCallbackSettings,
		"photos.getMessagesUploadServer":      (*Server).photoServer,
		"photos.saveMessagesPhoto":            (*Server).savePhoto,
		"docs.getMessagesUploadServer":        (*Server).docServer,
		"docs.save":                           (*Server).saveDoc,
	}
}
