# The app as a container: docker build -t naravard . && docker run -p 8501:8501 -v naravard:/data -e NARAVARD_ADRESS=http://localhost:8501 naravard
# See docs/drift.md. Without a login, whoever reaches it reads and nothing more.
FROM python:3.11-slim

WORKDIR /opt/naravard
RUN useradd --system --home-dir /nonexistent naravard && install -d -o naravard -g naravard -m 700 /data
# first what seldom changes
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY . .
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps .

USER naravard
ENV NARAVARD_DATA=/data
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/halsa', timeout=4)"]
CMD ["naravard", "starta", "--server.address", "0.0.0.0"]
