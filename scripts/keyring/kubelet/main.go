// Command kubelet reads cases as JSON lines and answers each as the kubelet would: which credentials of some pull secrets it would try
// for an image, or how it takes a reference apart.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/distribution/reference"
	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/credentialprovider"
	"k8s.io/kubernetes/pkg/credentialprovider/secrets"
	"k8s.io/kubernetes/pkg/util/parsers"
)

type question struct {
	Kind    string   `json:"kind"`
	Image   string   `json:"image"`
	Secrets []string `json:"secrets"`
}

type answer struct {
	Error      string      `json:"error,omitempty"`
	Repository string      `json:"repository"`
	Tag        string      `json:"tag"`
	Digest     string      `json:"digest"`
	Logins     [][2]string `json:"logins"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			panic(err)
		}
		text, err := json.Marshal(answerTo(q))
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(out, string(text))
	}
}

func answerTo(q question) answer {
	if q.Kind == "reference" {
		return parse(q.Image)
	}
	return lookup(q)
}

func parse(image string) answer {
	if _, err := reference.ParseNormalizedNamed(image); err != nil {
		return answer{Error: err.Error()}
	}
	repository, tag, digest, err := parsers.ParseImageName(image)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Repository: repository, Tag: tag, Digest: digest}
}

func lookup(q question) answer {
	var pullSecrets []v1.Secret
	for _, text := range q.Secrets {
		data := map[string][]byte{v1.DockerConfigJsonKey: []byte(text)}
		pullSecrets = append(pullSecrets, v1.Secret{Type: v1.SecretTypeDockerConfigJson, Data: data})
	}
	keyring, err := secrets.MakeDockerKeyring(pullSecrets, &credentialprovider.BasicDockerKeyring{})
	if err != nil {
		return answer{Error: err.Error()}
	}
	found, _ := keyring.Lookup(q.Image)
	logins := [][2]string{}
	for _, login := range found {
		logins = append(logins, [2]string{login.Username, login.Password})
	}
	return answer{Logins: logins}
}
