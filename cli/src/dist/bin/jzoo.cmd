@echo off
rem The command jzoo of a distribution, for Windows. It needs Java 17 or later. Variables that it reads: JAVA_HOME, JZOO_JAVA_OPTS.
setlocal
for %%I in ("%~dp0..") do set "ROOT=%%~fI"
set "JAR="
for /f "delims=" %%I in ('dir /b "%ROOT%\jzoo-cli-*.jar" 2^>nul') do set "JAR=%ROOT%\%%I"
if not defined JAR goto incomplete

if defined JAVA_HOME goto home
set "JAVA="
for %%I in (java.exe) do set "JAVA=%%~$PATH:I"
if not defined JAVA goto missing
goto version

:home
set "JAVA=%JAVA_HOME%\bin\java.exe"
if not exist "%JAVA%" goto nohome

rem The file 'release' of a JDK has the version. A Java without that file tells by itself that it is too old.
:version
for %%I in ("%JAVA%") do set "BIN=%%~dpI"
set "VERSION=17"
if exist "%BIN%..\release" for /f "usebackq tokens=1* delims==" %%K in ("%BIN%..\release") do if "%%K"=="JAVA_VERSION" set "VERSION=%%~L"
set "MAJOR="
for /f "delims=.-+" %%V in ("%VERSION%") do set "MAJOR=%%V"
if %MAJOR% LSS 17 goto old
set "UNSAFE="
if %MAJOR% GEQ 24 set "UNSAFE=--sun-misc-unsafe-memory-access=allow"

"%JAVA%" %UNSAFE% %JZOO_JAVA_OPTS% "-Djzoo.checkout=%ROOT%" -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:incomplete
echo error: The distribution of JZoo in %ROOT% is incomplete. Unpack the archive again, and put its bin folder on the PATH. 1>&2
exit /b 1
:missing
echo error: java was not found on the PATH. 1>&2
goto install
:nohome
echo error: JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe. 1>&2
goto install
:old
echo error: JZoo needs Java 17 or later; %JAVA% is %VERSION%. 1>&2
:install
echo Install Java 17 or later ^(https://adoptium.net^), or set JAVA_HOME to it. 1>&2
exit /b 1
