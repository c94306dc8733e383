{{- define "call-log.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "call-log.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "call-log.name" .) .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "call-log.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "call-log.selector" -}}
app.kubernetes.io/name: {{ include "call-log.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "call-log.labels" -}}
{{ include "call-log.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "call-log.image" -}}
{{- with .Values.image }}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{- define "call-log.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "call-log.fullname" .) }}
{{- else }}{{ .Values.serviceAccount.name | default "default" }}{{ end }}
{{- end }}

{{- define "call-log.secret" -}}
{{- .Values.existingSecret | default (include "call-log.fullname" .) }}
{{- end }}

{{/* What every pod has, beside its service account. */}}
{{- define "call-log.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
volumes:
  - name: tmp
    emptyDir: { sizeLimit: 256Mi }
{{- end }}

{{/* What every container has. */}}
{{- define "call-log.container" -}}
image: {{ include "call-log.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
{{- end }}

{{/* Environment of api and worker: settings, then secrets, then what the chart decides. */}}
{{- define "call-log.environment" -}}
envFrom:
  - configMapRef: { name: {{ include "call-log.fullname" . }} }
  - secretRef: { name: {{ include "call-log.secret" . }} }
env:
  - name: METRICS_PORT
    value: {{ .Values.metrics.port | quote }}
  - name: HOST
    value: 0.0.0.0
  # Of the simulated provider alone; the root file system is read-only.
  - name: DATA_DIR
    value: /tmp/call-log
{{- end }}

{{/* Where a Deployment's pods run: (dict "root" . "values" .Values.api "component" "api"). */}}
{{- define "call-log.placing" -}}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "call-log.selector" $.root | nindent 8 }}
        app.kubernetes.io/component: {{ $.component }}
  {{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Labels and annotations of a Deployment's pods; a changed setting or secret replaces them. */}}
{{- define "call-log.podMetadata" -}}
labels:
  {{- include "call-log.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- with .values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  checksum/settings: {{ .root.Values.settings | toJson | sha256sum }}
  checksum/secrets: {{ .root.Values.secrets | toJson | sha256sum }}
  {{- with .values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/* Calls that are due and wait for a worker, as Prometheus has them: jobs in Redis, and what waits in MongoDB for room there. Every api answers the same, so that one of them counts. */}}
{{- define "call-log.waitingCalls" -}}
max(call_log_queue_jobs{namespace="{{ .Release.Namespace }}",queue="call-dispatch",state="waiting"}) + max(call_log_backlog_attempts{namespace="{{ .Release.Namespace }}"})
{{- end }}
