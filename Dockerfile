# A small image without a shell, run by a user without rights.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /careline ./cmd/careline \
 && mkdir -p /data && /careline init /data/clinic

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /careline /careline
COPY --from=build --chown=nonroot:nonroot /data /data
VOLUME /data
ENV CARELINE_DATABASE_URL=sqlite:/data/careline.db CARELINE_LISTEN=:8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s CMD ["/careline", "health"]
ENTRYPOINT ["/careline"]
CMD ["serve", "/data/clinic"]
