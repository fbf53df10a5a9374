package main

import (
	"strconv"
	"strings"
	"testing"

	"careline/bot/loadtest"
	"careline/channels/vk/vktest"
)

// onVK are the settings of a server that works with the local VK, without limits.
func onVK(network *vktest.Server, more ...string) []string {
	return append([]string{
		"CARELINE_VK_TOKEN=" + network.Token(), "CARELINE_VK_GROUP_ID=" + strconv.FormatInt(network.GroupID(), 10),
		"CARELINE_VK_API_URL=" + network.URL(), "CARELINE_VK_LIMITS=0",
	}, more...)
}

const callbackSecret = "onlyVKknowsThisSecret"

// byCallback are the settings of a server that VK calls at this address.
func byCallback(network *vktest.Server, address string) []string {
	return []string{
		"CARELINE_VK_MODE=callback", "CARELINE_VK_SECRET=" + callbackSecret, "CARELINE_VK_CONFIRMATION=" + network.Confirmation(), "CARELINE_PUBLIC_URL=" + address,
	}
}

// calledBy lets the community's owner write the address into its settings.
func calledBy(t testing.TB, network *vktest.Server, address string) {
	t.Helper()
	eventually(t, "VK hears the confirmation", func() bool { return network.SetCallback(address+"/vk/", callbackSecret) == nil })
}

// A clinic connects VK by a key and the community's number, and a patient books. Then VK calls the server, and when
// the key is revoked everybody can see it.
func TestAClinicConnectsVK(t *testing.T) {
	t.Parallel()
	network := vktest.Start(t, vktest.Options{})
	s := serving(t, newPolyclinic(t), onVK(network)...)
	s.start()
	receives(t, loadtest.VK{Server: network}, s)
	walksOn(t, loadtest.VK{Server: network}, loadtest.Careline(), 1)
	s.stop()
	s.env = append(s.env, byCallback(network, "http://"+s.address)...)
	s.start()
	calledBy(t, network, "http://"+s.address)
	walksOn(t, loadtest.VK{Server: network}, loadtest.Careline(), 2)
	network.Revoke()
	network.Person(vktest.User{}).Start()
	s.until("/readyz?channels", 503)
	s.until("/readyz", 200)
	s.stop()
	for _, secret := range []string{network.Token(), callbackSecret} {
		if strings.Contains(s.log.String(), secret) {
			t.Error("a secret stands in the log")
		}
	}
}
