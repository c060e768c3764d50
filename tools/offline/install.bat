@echo off
rem Install advedu from this folder, without a network:   install.bat [FOLDER]
rem FOLDER is where the program goes; %LOCALAPPDATA%\advedu by default. BUNDLE.txt lists the versions of Python
rem (64 bit) of which one must be there.
setlocal
set "here=%~dp0"
set "target=%~1"
if "%target%"=="" set "target=%LOCALAPPDATA%\advedu"

set "has="
for /f "tokens=1,2 delims=." %%v in ('python -c "import platform; print(platform.python_version())" 2^>nul') do set "has=%%v.%%w"
set "python="
for /f "usebackq tokens=1,2" %%a in ("%here%BUNDLE.txt") do if "%%a"=="windows" (
    if "%%b"=="%has%" set "python=python"
    if not defined python (py -%%b -c "" >nul 2>&1 && set "python=py -%%b")
)
if not defined python (
    echo install.bat: none of the versions of Python in BUNDLE.txt is here 1>&2
    exit /b 1
)

%python% -m venv "%target%"
if errorlevel 1 exit /b 1
"%target%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links "%here%wheels" --upgrade advedu
if errorlevel 1 exit /b 1
"%target%\Scripts\advedu.exe" --version
if errorlevel 1 exit /b 1
echo Installed. Call it as: "%target%\Scripts\advedu.exe"
